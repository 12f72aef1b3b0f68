package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.local.process.StartFailure;
import org.junit.jupiter.api.Test;

class PgbenchTests {

    private static final String OUTPUT = """
        pgbench (15.18 (Debian 15.18-0+deb12u1), server 18.4)
        transaction type: <builtin: TPC-B (sort of)>
        scaling factor: 10
        query mode: prepared
        number of clients: 8
        number of threads: 1
        duration: 8 s
        number of transactions actually processed: 14213
        number of failed transactions: 0 (0.000%)
        latency average = 4.503 ms
        initial connection time = 27.310 ms
        tps = 1776.583420 (without initial connection time)
        """;

    @Test
    void readsTransactionsPerSecond() {
        assertThat(Pgbench.rate(OUTPUT)).isEqualTo(1776.58342);
    }

    @Test
    void failedTransactionMakesTheRunWorthless() {
        assertThatThrownBy(() -> Pgbench.rate(OUTPUT.replace("failed transactions: 0", "failed transactions: 1")))
                .isInstanceOf(StartFailure.class);
    }

    @Test
    void outputOfSomethingElseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pgbench.rate("connection refused"));
    }
}

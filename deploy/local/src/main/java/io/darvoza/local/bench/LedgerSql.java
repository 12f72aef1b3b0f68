package io.darvoza.local.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The SQL of payments alone, by pgbench, in a database of the service's tables. Each run of a script is one payment, which is
 * one row of the orders laid out before: the next one that nobody has had.
 */
final class LedgerSql {

    private final Pgbench pgbench;
    private final Path deposit;
    private final Path withdrawal;
    private int deposits;
    private int withdrawals;

    private LedgerSql(Pgbench pgbench, Path deposit, Path withdrawal, int firstWithdrawal) {
        this.pgbench = pgbench;
        this.deposit = deposit;
        this.withdrawal = withdrawal;
        this.withdrawals = firstWithdrawal;
    }

    /** Lays out orders in processing, of so many partners. */
    static LedgerSql prepare(PaymentsSite site, Pgbench pgbench, Path folder, PaymentsPlan plan) {
        try (var sql = site.sql(PaymentsSite.LEDGER)) {
            for (var statement : Resources.text("ledger-data.sql")
                    .replace("@PARTNERS@", Integer.toString(plan.partners()))
                    .replace("@DEPOSITS@", Integer.toString(plan.ledgerDeposits()))
                    .replace("@WITHDRAWALS@", Integer.toString(plan.ledgerWithdrawals()))
                    .split(";\n")) {
                sql.run(statement);
            }
        }
        var ledger = new LedgerSql(
                pgbench,
                written(folder, "ledger-deposit.sql"),
                written(folder, "ledger-withdrawal.sql"),
                plan.ledgerDeposits());
        ledger.fill(site, plan);
        return ledger;
    }

    /** A ledger that was empty would be planned for as one for as long as a session keeps its plans. */
    private void fill(PaymentsSite site, PaymentsPlan plan) {
        var ignored = deposits(plan.clients(), plan.ledgerEach());
        try (var sql = site.sql(PaymentsSite.LEDGER)) {
            sql.run("vacuum analyze");
        }
    }

    /** Approvals per second: the order's conditional update and its posting, in one transaction. */
    double deposits(int clients, int each) {
        var first = deposits;
        deposits += clients * each;
        return run(deposit, clients, each, first);
    }

    /** Withdrawals per second, of two transactions each: hold; then the order's conditional update and its posting. */
    double withdrawals(int clients, int each) {
        var first = withdrawals;
        withdrawals += clients * each;
        return run(withdrawal, clients, each, first);
    }

    private double run(Path script, int clients, int each, int first) {
        return pgbench.script(script, clients, each, List.of("first=" + first, "each=" + each, "i=0"));
    }

    private static Path written(Path folder, String name) {
        try {
            return Files.writeString(folder.resolve(name), Resources.text(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

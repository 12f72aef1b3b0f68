package io.darvoza.local.bench;

import java.time.Duration;

/**
 * How long payments are measured.
 *
 * @param partners with a key each
 * @param warmUpSteps so many steps of {@link #WARM_UP_STEP} under full load before anything is measured
 * @param repeats of A-B-B-A
 * @param load one run of payments or of pgbench
 * @param pace of approvals fifty times a second
 * @param orders to which the tables grow in the end; operations are measured with these and with ten thousand
 */
public record PaymentsPlan(int partners, int warmUpSteps, int repeats, Duration load, Duration pace, int orders) {

    static final Duration WARM_UP_STEP = Duration.ofSeconds(15);

    /** What the published figures are made with; about twenty minutes. Payments become faster for six. */
    public static PaymentsPlan full() {
        return new PaymentsPlan(1000, 24, 2, Duration.ofSeconds(6), Duration.ofSeconds(20), 1_000_000);
    }

    /** While working on the service: five minutes, of which the figures are too kind to neither side. */
    public static PaymentsPlan quick() {
        return new PaymentsPlan(100, 5, 1, Duration.ofSeconds(6), Duration.ofSeconds(10), 100_000);
    }

    int fewOrders() {
        return 10_000;
    }

    int clients() {
        return 8;
    }

    /** Ten times 100 000 accounts. */
    int scale() {
        return 10;
    }

    int pacePerSecond() {
        return 50;
    }

    /** Of each client in one run of a script. */
    int ledgerEach() {
        return 2000;
    }

    /** Once before anything is measured; then with all clients and with one, twice in each repeat. */
    int ledgerDeposits() {
        return ledgerEach() * (clients() + 2 * repeats * (clients() + 1));
    }

    int ledgerWithdrawals() {
        return 2 * repeats * ledgerEach() * clients();
    }
}

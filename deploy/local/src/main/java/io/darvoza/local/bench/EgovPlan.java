package io.darvoza.local.bench;

import java.time.Duration;

/**
 * How long egov-service is measured.
 *
 * @param warmUpSteps so many steps of {@link #WARM_UP_STEP} of hits, and as many of constant answers, before anything is measured
 * @param repeats of A-B-B-A
 * @param load one run under full load
 * @param pace of hits at a fixed rate
 * @param rows of verifications to which the table grows in the end; operations are measured with these and with ten thousand
 */
public record EgovPlan(int warmUpSteps, int repeats, Duration load, Duration pace, int rows) {

    static final Duration WARM_UP_STEP = Duration.ofSeconds(15);

    /** About eight minutes. */
    public static EgovPlan full() {
        return new EgovPlan(6, 3, Duration.ofSeconds(8), Duration.ofSeconds(20), 1_000_000);
    }

    /** With ten million verifications; about half an hour. */
    public static EgovPlan longer() {
        return new EgovPlan(6, 3, Duration.ofSeconds(8), Duration.ofSeconds(20), 10_000_000);
    }

    /** While working on the service. */
    public static EgovPlan quick() {
        return new EgovPlan(2, 1, Duration.ofSeconds(6), Duration.ofSeconds(10), 100_000);
    }

    int fewRows() {
        return 10_000;
    }

    int connections() {
        return 32;
    }

    int pacePerSecond() {
        return 500;
    }

    /** Numbers that are remembered: fewer than may be asked for in a minute. */
    int numbers() {
        return 25;
    }

    int parallelMisses() {
        return 100;
    }
}

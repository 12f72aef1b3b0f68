package io.darvoza.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;

/** {@code ./suite demo}: every step holds, and again on the data that it has left behind. */
class DemoIT {

    private static final Duration LONGEST = Duration.ofMinutes(3);

    @RepeatedTest(2)
    void everythingHolds() {
        assertThat(RunningSuite.get().command(LONGEST, "demo"))
                .endsWith("Everything held.\n")
                .contains(
                        "a card on vacation",
                        "forged signature",
                        "withdrawals of",
                        "every invariant holds",
                        "finds the receipt",
                        "back in the queue");
    }
}

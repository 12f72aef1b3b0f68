package io.darvoza.common.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.infrastructure.KilledProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailpointIT {

    private static final Duration BOUND = Duration.ofSeconds(60);

    /** Passes two failpoints. */
    static final class TwoFailpoints {

        private TwoFailpoints() {}

        public static void main(String... arguments) {
            Failpoint.reached("first");
            System.out.println("between");
            Failpoint.reached("second");
            System.out.println("after");
        }
    }

    @Test
    void anArmedProcessStandsAtItsFailpointUntilItIsKilled() {
        try (var program = KilledProcess.start(TwoFailpoints.class, "second", Map.of())) {
            program.awaitFailpoint(BOUND);

            assertThat(program.isAlive()).isTrue();
            assertThat(program.output()).contains("between").doesNotContain("after");

            program.kill();
            assertThat(program.isAlive()).isFalse();
        }
    }

    /** Three threads that pass two failpoints each. */
    static final class ThreeThreads {

        private ThreeThreads() {}

        public static void main(String... arguments) {
            for (int i = 0; i < 3; i++) {
                Thread.ofPlatform().start(() -> {
                    Failpoint.reached("first");
                    Failpoint.reached("second");
                    System.out.println("passed both");
                });
            }
        }
    }

    /** Two stop at one place each, and the third passes both. */
    @Test
    void eachOfSeveralFailpointsStopsOneThread() {
        try (var program = KilledProcess.start(ThreeThreads.class, "second,first", Map.of())) {
            program.awaitFailpoint(BOUND, "first");
            program.awaitFailpoint(BOUND, "second");
            program.awaitOutput(BOUND, "passed both");
        }
    }

    @Test
    void everyOtherProcessPasses() {
        try (var program = KilledProcess.start(TwoFailpoints.class, null, Map.of())) {
            program.awaitOutput(BOUND, "after");
        }
    }
}

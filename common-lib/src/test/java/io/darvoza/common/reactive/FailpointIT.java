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

    @Test
    void everyOtherProcessPasses() {
        try (var program = KilledProcess.start(TwoFailpoints.class, null, Map.of())) {
            program.awaitOutput(BOUND, "after");
        }
    }
}

package io.darvoza.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.bench.BenchPage;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTests {

    @Test
    void failsWhenAPromiseWasMissed() {
        assertThat(Bench.told(new BenchPage("things", "page", List.of("at most 3"))))
                .isEqualTo(1);
        assertThat(Bench.told(new BenchPage("things", "page", List.of()))).isZero();
    }
}

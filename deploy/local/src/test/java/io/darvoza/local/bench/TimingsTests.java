package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimingsTests {

    private static final Timings HUNDRED =
            Timings.of(IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList());

    @Test
    void quantilesAreTimesThatWereMeasured() {
        assertThat(HUNDRED.quantile(0.5)).isEqualTo(50);
        assertThat(HUNDRED.quantile(0.99)).isEqualTo(99);
        assertThat(HUNDRED.quantile(1)).isEqualTo(100);
        assertThat(Timings.of(List.of(7.0)).quantile(0.01)).isEqualTo(7);
    }

    @Test
    void nothingMeasuredHasNoQuantile() {
        assertThatIllegalStateException().isThrownBy(() -> Timings.of(List.of()).quantile(0.5));
    }
}

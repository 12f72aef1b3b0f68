package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTests {

    @Test
    void medianIsTheMiddleValueHoweverTheyWereMeasured() {
        assertThat(new Samples(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4.0);
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(new Samples(List.of(9.0, 1.0, 4.0, 5.0)).median()).isEqualTo(4.5);
    }

    @Test
    void ratioIsTakenRepeatByRepeat() {
        var ratio = new Samples(List.of(2.0, 9.0)).ratioTo(new Samples(List.of(4.0, 10.0)));

        assertThat(ratio.values()).containsExactly(0.5, 0.9);
    }

    @Test
    void differenceIsTakenRepeatByRepeat() {
        var added = new Samples(List.of(200.0, 260.0)).minus(new Samples(List.of(50.0, 60.0)));

        assertThat(added.values()).containsExactly(150.0, 200.0);
    }

    @Test
    void summaryHoldsMedianAndRange() {
        assertThat(new Samples(List.of(3.0, 1.0, 2.0)).summary("%.1f")).isEqualTo("2.0 (1.0 – 3.0)");
    }

    @Test
    void quantitiesThatWereNotMeasuredTogetherHaveNoRatio() {
        var once = new Samples(List.of(1.0));
        var twice = new Samples(List.of(1.0, 2.0));

        assertThatIllegalArgumentException().isThrownBy(() -> twice.ratioTo(once));
    }
}

package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTests {

    private static final Quiet IMPATIENT = new Quiet(1, Duration.ZERO);

    @Test
    void measuresSubjectControlControlSubject() {
        var order = new ArrayList<String>();

        var measured = Interleaved.measure(1, IMPATIENT, () -> order.add("A"), () -> order.add("B"));

        assertThat(order).containsExactly("A", "B", "B", "A");
        assertThat(measured.busyBefore().values()).hasSize(1);
    }

    @Test
    void eachRepeatCountsTheMeanOfItsTwoRuns() {
        Iterator<Double> subject = List.of(10.0, 20.0, 30.0, 50.0).iterator();
        Iterator<Double> control = List.of(100.0, 300.0, 1.0, 2.0).iterator();

        var measured = Interleaved.measure(2, IMPATIENT, subject::next, control::next);

        assertThat(measured.subject(Double::doubleValue).values()).containsExactly(15.0, 40.0);
        assertThat(measured.control(Double::doubleValue).values()).containsExactly(200.0, 1.5);
    }
}

package io.darvoza.local.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One quantity, measured several times, in the order of measuring. */
record Samples(List<Double> values) {

    Samples {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        values = List.copyOf(values);
    }

    /** Value by value: what this quantity is to the control that was measured beside it. */
    Samples ratioTo(Samples control) {
        return combine(control, (value, beside) -> value / beside);
    }

    /** Value by value: what this quantity has more than the one that was measured beside it. */
    Samples minus(Samples beside) {
        return combine(beside, (value, less) -> value - less);
    }

    /** The middle value; of an even number the mean of the two in the middle. */
    double median() {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double lowest() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** {@code median (lowest – highest)}, each in this format. */
    String summary(String format) {
        return String.format(Locale.ROOT, format + " (" + format + " – " + format + ")", median(), lowest(), highest());
    }

    /** Every value, in the order of measuring. */
    String raw(String format) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, format, value))
                .collect(Collectors.joining(", "));
    }

    private interface Step {
        double of(double value, double other);
    }

    private Samples combine(Samples other, Step step) {
        if (other.values.size() != values.size()) {
            throw new IllegalArgumentException(
                    "measured %d times, the other %d times".formatted(values.size(), other.values.size()));
        }
        return new Samples(IntStream.range(0, values.size())
                .mapToObj(i -> step.of(values.get(i), other.values.get(i)))
                .toList());
    }
}

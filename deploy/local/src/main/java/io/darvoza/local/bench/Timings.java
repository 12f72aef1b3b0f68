package io.darvoza.local.bench;

import java.util.Arrays;
import java.util.Collection;

/** Times of many events of one kind, in milliseconds, in order of size. */
record Timings(double[] sorted) {

    static Timings of(Collection<Double> millis) {
        return new Timings(millis.stream().mapToDouble(Double::doubleValue).toArray());
    }

    Timings {
        sorted = sorted.clone();
        Arrays.sort(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** The smallest time that this share of all, from 0 to 1, does not exceed. */
    double quantile(double share) {
        if (sorted.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** {@code p50 / p99 / longest}. */
    String summary() {
        return "%.1f / %.1f / %.1f".formatted(quantile(0.5), quantile(0.99), quantile(1));
    }
}

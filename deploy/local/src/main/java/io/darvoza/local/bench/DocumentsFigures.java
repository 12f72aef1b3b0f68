package io.darvoza.local.bench;

import io.darvoza.local.bench.DocumentGrowth.Costs;
import io.darvoza.local.bench.DocumentGrowth.Reads;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was measured of requests for documents.
 *
 * @param few what they cost with ten thousand documents
 * @param many the same in the end
 * @param reads how their statements read tables in the end
 * @param paced gets and lists at a fixed pace, in the end
 * @param batches of fifty
 */
record DocumentsFigures(Costs few, Costs many, Map<String, Reads> reads, DocumentGrowth.Paced paced, Timings batches) {

    static final int PER_SECOND = 100;

    private static final double WANTED_P95_MILLIS = 50;
    private static final double WANTED_MEDIAN_MILLIS = 50;
    private static final double WANTED_BATCH_MILLIS = 1000;

    String body() {
        return "%s%n%s%n%s".formatted(pace(), growth(), plans());
    }

    private String pace() {
        var table = new Table(
                "at %d a second, %,d documents".formatted(PER_SECOND, many.documents()),
                "count",
                "p50 / p95 / p99 / longest, ms");
        paced.of().forEach((kind, timings) -> row(table, kind, timings));
        row(table, "begun after its time", paced.late());
        row(table, "batch of %d, one after the other".formatted(DocumentBatches.ITEMS), batches);
        return table.toString();
    }

    private static void row(Table table, String name, Timings timings) {
        table.row(
                name,
                Integer.toString(timings.count()),
                "%.1f / %.1f / %.1f / %.1f"
                        .formatted(
                                timings.quantile(0.5),
                                timings.quantile(0.95),
                                timings.quantile(0.99),
                                timings.quantile(1)));
    }

    private String growth() {
        var table = new Table(
                "one client, p50 / p99 / longest, ms",
                "%,d documents".formatted(few.documents()),
                "%,d documents".formatted(many.documents()),
                "p50 grows to",
                "answer, bytes");
        few.of().forEach((name, cost) -> {
            var later = Objects.requireNonNull(many.of().get(name));
            table.row(
                    name,
                    cost.millis().summary(),
                    later.millis().summary(),
                    "%.2f×"
                            .formatted(
                                    later.millis().quantile(0.5) / cost.millis().quantile(0.5)),
                    "%,d".formatted(later.bytes()));
        });
        return table.toString();
    }

    private String plans() {
        var table = new Table(
                "with %,d documents".formatted(many.documents()), "long tables read whole", "tables are read by");
        reads.forEach((name, read) -> table.row(
                name,
                read.whole().isEmpty() ? "none" : "**" + String.join(", ", read.whole()) + "**",
                String.join(", ", read.scans())));
        return table.toString();
    }

    List<Promise> promises() {
        var slowest = paced.of().values().stream()
                .mapToDouble(timings -> timings.quantile(0.95))
                .max()
                .orElseThrow();
        var whole = reads.values().stream().anyMatch(read -> !read.whole().isEmpty());
        var slowestMedian = many.of().values().stream()
                .mapToDouble(cost -> cost.millis().quantile(0.5))
                .max()
                .orElseThrow();
        return List.of(
                Promise.wanted(
                        "get and list at %d a second with p95 under %.0f ms".formatted(PER_SECOND, WANTED_P95_MILLIS),
                        slowest < WANTED_P95_MILLIS),
                Promise.wanted(
                        "every kind of request under %.0f ms at the median with %,d documents"
                                .formatted(WANTED_MEDIAN_MILLIS, many.documents()),
                        slowestMedian < WANTED_MEDIAN_MILLIS),
                Promise.wanted(
                        "a batch of %d under %.0f ms at the median"
                                .formatted(DocumentBatches.ITEMS, WANTED_BATCH_MILLIS),
                        batches.quantile(0.5) < WANTED_BATCH_MILLIS),
                Promise.wanted("no long table read whole", !whole));
    }
}

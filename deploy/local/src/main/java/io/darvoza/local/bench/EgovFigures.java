package io.darvoza.local.bench;

import java.util.List;
import java.util.Map;

/**
 * What was measured of egov-service.
 *
 * @param warmUp hits per second while the service became fast
 * @param load hits and constant answers under full load
 * @param recorded hits and answers that need neither cache nor portal and are written down alike, under full load
 * @param hitMillis processor time per hit of the database
 * @param paced hits at a fixed rate
 * @param misses requests that identical misses at once have caused
 * @param few what operations cost with few verifications
 * @param many the same in the end
 * @param reads how the operations' statements read tables in the end
 */
record EgovFigures(
        EgovPlan plan,
        Samples warmUp,
        Interleaved<Load> load,
        Interleaved<Load> recorded,
        double hitMillis,
        Timings paced,
        int misses,
        OperationCosts.Costs few,
        OperationCosts.Costs many,
        Map<String, OperationCosts.Reads> reads) {

    private static final double WANTED_RATIO = 0.5;
    private static final double WANTED_P99_MILLIS = 20;

    /** Of 8 KiB: a page of a list for each type of document, whether its rows lie side by side or not. */
    private static final double WANTED_PAGES = 200;

    String body() {
        return "%s%n%s%n%s"
                .formatted(
                        rates(),
                        OperationCosts.growth("verifications", few, many),
                        OperationCosts.plans("verifications", many, reads));
    }

    private Table rates() {
        var table = new Table("quantity", "median (lowest – highest)", "per repeat");
        table.add("verifications from the cache/s", load.subject(Load::requestsPerSecond), "%,.0f");
        table.add("… while warming up, each %d s".formatted(EgovPlan.WARM_UP_STEP.toSeconds()), warmUp, "%,.0f");
        table.add("constant answers/s", load.control(Load::requestsPerSecond), "%,.0f");
        table.add("**cache ÷ constant**", ratio(), "%.2f");
        table.add("cache, p99 under that load, ms", load.subject(run -> run.p99Micros() / 1000), "%.1f");
        table.add("constant, p99 under that load, ms", load.control(run -> run.p99Micros() / 1000), "%.1f");
        table.add("processor time of the service per verification, µs", load.subject(Load::cpuMicros), "%.0f");
        table.add("… per constant answer, µs", load.control(Load::cpuMicros), "%.0f");
        table.add(
                "cache ÷ answers by the digits alone, written down alike",
                recorded.subject(Load::requestsPerSecond).ratioTo(recorded.control(Load::requestsPerSecond)),
                "%.2f");
        table.add("cores busy before each repeat", load.busyBefore(), "%.2f");
        table.row("processor time of PostgreSQL per verification, µs", "%.0f".formatted(hitMillis * 1000), "");
        table.row(
                "from the cache at %d/s, p50 / p99 / longest, ms".formatted(plan.pacePerSecond()),
                paced.summary(),
                "%,d requests, each counted from when it was due".formatted(paced.count()));
        table.row("%d identical misses at once".formatted(plan.parallelMisses()), misses + " at the portal", "");
        return table;
    }

    List<Promise> promises() {
        return List.of(
                Promise.wanted(
                        "cache at least %.1f of a constant answer".formatted(WANTED_RATIO),
                        ratio().median() >= WANTED_RATIO),
                Promise.wanted(
                        "p99 at %d/s under %.0f ms".formatted(plan.pacePerSecond(), WANTED_P99_MILLIS),
                        paced.quantile(0.99) < WANTED_P99_MILLIS),
                Promise.wanted("identical misses are one request", misses == 1),
                OperationCosts.noLongTableReadWhole(reads),
                Promise.wanted(
                        "no operation looks at more than %.0f pages".formatted(WANTED_PAGES),
                        many.of().values().stream().allMatch(cost -> cost.pages() <= WANTED_PAGES)));
    }

    private Samples ratio() {
        return load.subject(Load::requestsPerSecond).ratioTo(load.control(Load::requestsPerSecond));
    }
}

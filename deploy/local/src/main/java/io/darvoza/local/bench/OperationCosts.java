package io.darvoza.local.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/** What single operations cost, one after the other: time, pages of the database, and the ways in which tables are read. */
record OperationCosts(Sql sql, String database) {

    private static final int TIMES = 100;
    private static final int EXPLAINED = 8;

    /**
     * What one operation cost.
     *
     * @param pages of the database that were looked at for it, from memory or not, with what background jobs read meanwhile
     */
    record Cost(Timings millis, double pages) {}

    /** What operations cost with so many rows. */
    record Costs(long rows, Map<String, Cost> of) {}

    /** How an operation's statements read tables. */
    record Reads(List<String> scans, List<String> whole) {}

    /** Operations take the number of their repetition. */
    Map<String, Cost> measure(Map<String, IntConsumer> operations) {
        var costs = new LinkedHashMap<String, Cost>();
        operations.forEach((name, work) -> costs.put(name, cost(work)));
        return costs;
    }

    Map<String, Reads> reads(Plans plans, Map<String, IntConsumer> operations) {
        var reads = new LinkedHashMap<String, Reads>();
        operations.forEach((name, work) -> {
            var scans = plans.of(() -> {
                var ignored = repeat(EXPLAINED, work);
            });
            reads.put(name, new Reads(scans, plans.wholeReads(scans)));
        });
        return reads;
    }

    /** Both, side by side. */
    static Table growth(String rows, Costs few, Costs many) {
        var table = new Table(
                "one client, p50 / p99 / longest, ms",
                "%,d %s".formatted(few.rows(), rows),
                "%,d %s".formatted(many.rows(), rows),
                "p50 grows to",
                "pages read");
        few.of().forEach((name, cost) -> {
            var later = Objects.requireNonNull(many.of().get(name));
            table.row(
                    name,
                    cost.millis().summary(),
                    later.millis().summary(),
                    "%.2f×"
                            .formatted(
                                    later.millis().quantile(0.5) / cost.millis().quantile(0.5)),
                    "%.0f → %.0f".formatted(cost.pages(), later.pages()));
        });
        return table;
    }

    static Table plans(String rows, Costs many, Map<String, Reads> reads) {
        var table =
                new Table("with %,d %s".formatted(many.rows(), rows), "long tables read whole", "tables are read by");
        reads.forEach((name, read) -> table.row(
                name,
                read.whole().isEmpty() ? "none" : "**" + String.join(", ", read.whole()) + "**",
                String.join(", ", read.scans())));
        return table;
    }

    static Promise noLongTableReadWhole(Map<String, Reads> reads) {
        return Promise.wanted(
                "no long table read whole",
                reads.values().stream().allMatch(read -> read.whole().isEmpty()));
    }

    private Cost cost(IntConsumer work) {
        settle();
        var before = pages();
        var millis = repeat(TIMES, work);
        settle();
        return new Cost(Timings.of(millis), (pages() - before) / TIMES);
    }

    private static List<Double> repeat(int times, IntConsumer work) {
        var millis = new ArrayList<Double>();
        for (var i = 0; i < times; i++) {
            var start = System.nanoTime();
            work.accept(i);
            millis.add((System.nanoTime() - start) / 1e6);
        }
        return millis;
    }

    private double pages() {
        return sql.number("select blks_hit + blks_read from pg_stat_database where datname = '" + database + "'");
    }

    /** Sessions tell the server's statistics what they did once a second. */
    private void settle() {
        sql.run("select pg_sleep(1.2)");
    }
}

package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A chart of stacked bars, reckoned in the units of its drawing; a template draws it without a script. */
public record Bars(List<Bar> bars, long most) {

    private static final int HOURS = 24;
    private static final int HEIGHT = 100;

    /**
     * One bar: its parts from the bottom up, each with its height.
     *
     * @param at the beginning of its hour
     */
    public record Bar(
            Instant at, long approved, long failed, long rejected, int okHeight, int waitHeight, int badHeight) {}

    /** Decisions of the last 24 hours; an hour without any is there, too. */
    static Bars ofHours(Facts stats) {
        Map<Instant, Facts> byHour = new HashMap<>();
        stats.list("hours").forEach(hour -> byHour.put(Instant.parse(String.valueOf(hour.text("hour"))), hour));
        Instant last = Instant.parse(String.valueOf(stats.text("server_time"))).truncatedTo(ChronoUnit.HOURS);
        List<Facts> hours = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        long most = 1;
        for (int i = HOURS - 1; i >= 0; i--) {
            Instant at = last.minus(Duration.ofHours(i));
            Facts hour = byHour.getOrDefault(at, Facts.NONE);
            times.add(at);
            hours.add(hour);
            most = Math.max(most, count(hour, "approved") + count(hour, "failed") + count(hour, "rejected"));
        }
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < HOURS; i++) {
            bars.add(bar(times.get(i), hours.get(i), most));
        }
        return new Bars(bars, most);
    }

    private static Bar bar(Instant at, Facts hour, long most) {
        long approved = count(hour, "approved");
        long failed = count(hour, "failed");
        long rejected = count(hour, "rejected");
        return new Bar(
                at, approved, failed, rejected, height(approved, most), height(failed, most), height(rejected, most));
    }

    private static int height(long count, long most) {
        return count == 0 ? 0 : Math.max(1, Math.toIntExact(count * HEIGHT / most));
    }

    private static long count(Facts hour, String name) {
        return hour.get(name) instanceof Number number ? number.longValue() : 0;
    }
}

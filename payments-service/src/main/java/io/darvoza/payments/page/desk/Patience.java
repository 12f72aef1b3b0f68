package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an order stands to its time at the desk; shown by colour, icon and word.
 *
 * @param since when it came to the desk
 * @param soonAt from when on half of its time is gone; null where no time runs
 * @param lateAt when a supervisor is told
 */
public record Patience(
        State state,
        @Nullable Instant since,
        @Nullable Instant soonAt,
        @Nullable Instant lateAt) {

    /** Where it stands now. */
    public enum State {
        FRESH("ok", "check"),
        SOON("wait", "clock"),
        LATE("bad", "alert"),
        HELD("quiet", "archive"),
        NONE("quiet", "clock");

        private final String tone;
        private final String icon;

        State(String tone, String icon) {
            this.tone = tone;
            this.icon = icon;
        }

        public String getTone() {
            return tone;
        }

        public String getIcon() {
            return icon;
        }

        /** Message key of its word. */
        public String getWord() {
            return "desk.patience." + name().toLowerCase(Locale.ROOT);
        }
    }

    static Patience of(Facts order, Instant now) {
        Instant since = instant(order, "processing_at");
        if (!"processing".equals(order.text("status")) || since == null) {
            return new Patience(State.NONE, since, null, null);
        }
        if (order.text("held_at") != null) {
            return new Patience(State.HELD, since, null, null);
        }
        Instant due = instant(order, "escalate_at");
        if (due == null || !now.isBefore(due)) {
            return new Patience(State.LATE, since, null, due);
        }
        Instant half = since.plus(Duration.between(since, due).dividedBy(2));
        return new Patience(now.isBefore(half) ? State.FRESH : State.SOON, since, half, due);
    }

    private static @Nullable Instant instant(Facts order, String name) {
        String text = order.text(name);
        return text == null ? null : Instant.parse(text);
    }
}

package io.darvoza.payments.card;

/** The running hour, day and month of a card's zone in SQL; the card is {@code c}, the present {@code :now}. */
final class Periods {

    /** One row {@code (hour, day, month)}: when they began. */
    static final String OF_CARD = """
            select date_trunc('hour', cast(:now as timestamptz), c.zone) as hour,
                   date_trunc('day', cast(:now as timestamptz), c.zone) as day,
                   date_trunc('month', cast(:now as timestamptz), c.zone) as month
            """;

    /** Assignments that add {@code :posted} and one order to all three of counters {@code t}, given {@code p} as above. */
    static final String ADD_POSTED = adding("hour") + ", " + adding("day") + ", " + adding("month");

    /** Assignments that take what reservation {@code r} posted out of the periods of counter {@code t} that it belongs to. */
    static final String TAKE_BACK = takingBack("hour") + ", " + takingBack("day") + ", " + takingBack("month");

    private Periods() {}

    /** What belonged to an earlier period goes; a later one, which a faster clock began, stays. */
    private static String adding(String period) {
        return """
                %1$s_minor = :posted + case when t.%1$s_start >= p.%1$s then t.%1$s_minor else 0 end,
                %1$s_count = 1 + case when t.%1$s_start >= p.%1$s then t.%1$s_count else 0 end,
                %1$s_start = greatest(t.%1$s_start, p.%1$s)
                """.formatted(period);
    }

    private static String takingBack(String period) {
        return """
                %1$s_minor = t.%1$s_minor - case when r.ended_at >= t.%1$s_start then r.posted_minor else 0 end,
                %1$s_count = t.%1$s_count - case when r.ended_at >= t.%1$s_start then 1 else 0 end
                """.formatted(period);
    }
}

package io.darvoza.payments.card.model;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;

/**
 * A part of a day of the week in which a card works.
 *
 * @param fromMinute minute of the civil day, 0 to 1439, inclusive
 * @param untilMinute minute of the civil day, above {@code fromMinute}, to 1440, exclusive
 */
public record ScheduleWindow(DayOfWeek day, int fromMinute, int untilMinute) {

    private static final int MINUTES_OF_DAY = 1440;

    public ScheduleWindow {
        if (fromMinute < 0 || untilMinute <= fromMinute || untilMinute > MINUTES_OF_DAY) {
            throw new IllegalArgumentException("a window of minutes %d to %d".formatted(fromMinute, untilMinute));
        }
    }

    boolean contains(ZonedDateTime time) {
        int minute = time.getHour() * 60 + time.getMinute();
        return time.getDayOfWeek() == day && fromMinute <= minute && minute < untilMinute;
    }

    /** Whether both lie on one day and share a minute. */
    public boolean overlaps(ScheduleWindow other) {
        return day == other.day && fromMinute < other.untilMinute && other.fromMinute < untilMinute;
    }
}

package io.darvoza.common.ui;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An instant as a page writes it. The kit's script turns {@code brief} into «3 minutes ago»; {@code exact} shows on
 * hover and focus.
 *
 * @param iso for machines, in UTC
 * @param brief day and minute, with the year when it is another one
 * @param exact to the second, with the zone
 */
public record Moment(String iso, String brief, String exact) {

    static Moment of(Instant instant, Instant now, ZoneId zone, Locale language) {
        ZonedDateTime time = instant.atZone(zone);
        boolean thisYear = time.getYear() == now.atZone(zone).getYear();
        return new Moment(
                DateTimeFormatter.ISO_INSTANT.format(instant),
                text(time, thisYear ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm", language),
                text(time, "d MMMM yyyy, HH:mm:ss z", language));
    }

    /** With the time in UTC behind it, for whoever is somewhere else. */
    Moment withUtc(Instant instant) {
        String utc = DateTimeFormatter.ofPattern("HH:mm:ss").format(instant.atZone(ZoneOffset.UTC));
        return new Moment(iso, brief, exact + " · " + utc + " UTC");
    }

    private static String text(ZonedDateTime time, String pattern, Locale language) {
        return DateTimeFormatter.ofPattern(pattern, language).format(time);
    }
}

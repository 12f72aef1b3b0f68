package io.darvoza.payments.partner;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** When the running day and month of a zone began. Civil days: one with a change to summer time has 23 hours. */
record TurnoverPeriods(Instant dayStart, Instant monthStart) {

    static TurnoverPeriods at(Instant time, ZoneId zone) {
        LocalDate day = time.atZone(zone).toLocalDate();
        return new TurnoverPeriods(
                day.atStartOfDay(zone).toInstant(),
                day.withDayOfMonth(1).atStartOfDay(zone).toInstant());
    }
}

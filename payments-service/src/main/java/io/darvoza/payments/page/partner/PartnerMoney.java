package io.darvoza.payments.page.partner;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A partner's money and its statement. Public, as are its parts, because the template reads it.
 *
 * @param owed what a reversal left; null when nothing
 * @param from first day, in the tenant's time zone
 * @param until last day
 * @param more where the statement goes on; null on its last page
 * @param csv the whole period as a file
 */
public record PartnerMoney(
        String available,
        String held,
        @Nullable String owed,
        LocalDate from,
        LocalDate until,
        List<Line> lines,
        @Nullable String more,
        String csv) {

    /** One movement of the available money. */
    public record Line(
            Instant at,
            String kind,
            @Nullable UUID uid,
            @Nullable String externalId,
            String change,
            boolean credit,
            String balance) {}
}

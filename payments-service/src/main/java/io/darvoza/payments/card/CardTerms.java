package io.darvoza.payments.card;

import io.darvoza.payments.card.model.Caps;
import io.darvoza.payments.card.model.ScheduleWindow;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator sets for a card.
 *
 * @param legalBasis the document by which the card may be used
 * @param validUntil last day of the month on the card
 * @param partners whose orders it takes; everybody's when empty
 * @param in caps for deposits; null when it takes none
 * @param out caps for payouts; null when it makes none
 */
public record CardTerms(
        String bank,
        String holder,
        HolderKind holderKind,
        String legalBasis,
        ZoneId zone,
        LocalDate validUntil,
        long minMinor,
        long maxMinor,
        Duration cooldown,
        int priority,
        Set<UUID> partners,
        List<ScheduleWindow> schedule,
        @Nullable Caps in,
        @Nullable Caps out) {

    /** Whose card it is: the Bank of Russia's indicators speak of transfers between persons only. */
    public enum HolderKind {
        ORGANISATION,
        PERSON
    }

    public CardTerms {
        partners = Set.copyOf(partners);
        schedule = List.copyOf(schedule);
        if (in == null && out == null) {
            throw new IllegalArgumentException("a card moves money at least one way");
        }
    }

    String direction() {
        return in == null ? "out" : out == null ? "in" : "both";
    }
}

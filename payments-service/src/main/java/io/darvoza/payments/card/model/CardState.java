package io.darvoza.payments.card.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that decides whether a card takes a payment in one direction: the rules of the card monitor (contract §6, 1–7).
 *
 * @param validUntil last day of the month on the card, in its zone
 * @param partners whose orders it takes; everybody's when empty
 * @param schedule when it works; always when empty
 * @param onVacation whether a vacation window is open now
 * @param sameAmountOpen whether another open deposit on it has the amount that is asked for
 * @param floatMinor the money believed to be on it
 */
public record CardState(
        UUID id,
        CardStatus status,
        ZoneId zone,
        LocalDate validUntil,
        long minMinor,
        long maxMinor,
        Duration cooldown,
        int priority,
        Set<UUID> partners,
        List<ScheduleWindow> schedule,
        boolean onVacation,
        boolean sameAmountOpen,
        long floatMinor,
        Caps caps,
        Load load) {

    public CardState {
        partners = Set.copyOf(partners);
        schedule = List.copyOf(schedule);
    }

    /** A payment that looks for a card. */
    public record Payment(UUID partnerId, Direction direction, long amountMinor, Instant at) {}

    /** Everything that speaks against this card; it is eligible when nothing does. */
    public Set<Exclusion> exclusionsFor(Payment payment) {
        Set<Exclusion> found = EnumSet.noneOf(Exclusion.class);
        ZonedDateTime now = payment.at().atZone(zone);
        long amount = payment.amountMinor();
        boolean in = payment.direction() == Direction.IN;
        add(found, Exclusion.STATUS, status != CardStatus.ACTIVE);
        add(found, Exclusion.VACATION, onVacation);
        add(found, Exclusion.SCHEDULE, !schedule.isEmpty() && schedule.stream().noneMatch(part -> part.contains(now)));
        add(found, Exclusion.EXPIRED, now.toLocalDate().isAfter(validUntil));
        add(found, Exclusion.PARTNER, !partners.isEmpty() && !partners.contains(payment.partnerId()));
        add(found, Exclusion.AMOUNT_TOO_SMALL, amount < minMinor);
        add(found, Exclusion.AMOUNT_TOO_LARGE, amount > maxMinor);
        add(found, Exclusion.HOUR_CAP, exceeds(caps.hourMinor(), load.hourMinor(), amount));
        add(found, Exclusion.DAY_CAP, exceeds(caps.dayMinor(), load.dayMinor(), amount));
        add(found, Exclusion.MONTH_CAP, exceeds(caps.monthMinor(), load.monthMinor(), amount));
        add(
                found,
                Exclusion.DAY_COUNT,
                caps.dayCount() != null && load.dayCount() + load.openOrders() >= caps.dayCount());
        add(found, Exclusion.OPEN_ORDERS, caps.maxOpen() != null && load.openOrders() >= caps.maxOpen());
        add(found, Exclusion.COOLDOWN, isCooling(payment.at()));
        add(found, Exclusion.SAME_AMOUNT, in && sameAmountOpen);
        add(found, Exclusion.FLOAT, !in && floatMinor < amount);
        return found;
    }

    /** How full the tightest amount cap would be, 0 to 1; 0 for a card without caps. */
    public double utilisationWith(long amountMinor) {
        return Math.max(
                share(caps.hourMinor(), load.hourMinor(), amountMinor),
                Math.max(
                        share(caps.dayMinor(), load.dayMinor(), amountMinor),
                        share(caps.monthMinor(), load.monthMinor(), amountMinor)));
    }

    private static void add(Set<Exclusion> found, Exclusion exclusion, boolean applies) {
        if (applies) {
            found.add(exclusion);
        }
    }

    private boolean exceeds(@Nullable Long cap, long posted, long amount) {
        return cap != null && posted + load.reservedMinor() + amount > cap;
    }

    private double share(@Nullable Long cap, long posted, long amount) {
        return cap == null ? 0 : (double) (posted + load.reservedMinor() + amount) / cap;
    }

    private boolean isCooling(Instant now) {
        return load.lastAssignedAt() != null
                && load.lastAssignedAt().plus(cooldown).isAfter(now);
    }
}

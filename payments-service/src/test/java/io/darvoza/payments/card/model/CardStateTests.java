package io.darvoza.payments.card.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CardStateTests {

    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final UUID PARTNER = UUID.randomUUID();

    @Test
    void nothingSpeaksAgainstAFreeCard() {
        assertThat(card(Caps.NONE, Load.NONE).exclusionsFor(in(100))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CardStatus.class)
    void onlyAnActiveCardTakesPayments(CardStatus status) {
        CardState card = card(status, Set.of(), List.of(), false, false, "2030-01-31", Caps.NONE, Load.NONE);

        assertThat(card.exclusionsFor(in(100)).contains(Exclusion.STATUS)).isEqualTo(status != CardStatus.ACTIVE);
    }

    static Stream<Arguments> bounds() {
        Load some = new Load(300, 2, 100, 200, 250, 3, NOW.minusSeconds(30));
        return Stream.of(
                Arguments.of(new Caps(500L, null, null, null, null), some, 100, 101, Exclusion.HOUR_CAP),
                Arguments.of(new Caps(null, 600L, null, null, null), some, 100, 101, Exclusion.DAY_CAP),
                Arguments.of(new Caps(null, null, 650L, null, null), some, 100, 101, Exclusion.MONTH_CAP),
                Arguments.of(Caps.NONE, Load.NONE, 10, 9, Exclusion.AMOUNT_TOO_SMALL),
                Arguments.of(Caps.NONE, Load.NONE, 1000, 1001, Exclusion.AMOUNT_TOO_LARGE));
    }

    @ParameterizedTest(name = "{4}")
    @MethodSource("bounds")
    void fillsABoundToTheLastUnitAndNotBeyond(Caps caps, Load load, long fits, long tooMuch, Exclusion code) {
        CardState card = card(caps, load);

        assertThat(card.exclusionsFor(in(fits))).doesNotContain(code);
        assertThat(card.exclusionsFor(in(tooMuch))).contains(code);
    }

    @Test
    void countsOpenOrdersForTheDaysCount() {
        Load load = new Load(0, 2, 0, 0, 0, 3, null);

        assertThat(card(new Caps(null, null, null, 6, 3), load).exclusionsFor(in(100)))
                .isEmpty();
        assertThat(card(new Caps(null, null, null, 5, 2), load).exclusionsFor(in(100)))
                .containsExactlyInAnyOrder(Exclusion.DAY_COUNT, Exclusion.OPEN_ORDERS);
    }

    @Test
    void coolsDownForAsLongAsItSays() {
        assertThat(card(Caps.NONE, assignedAgo(60)).exclusionsFor(in(100))).isEmpty();
        assertThat(card(Caps.NONE, assignedAgo(59)).exclusionsFor(in(100))).containsExactly(Exclusion.COOLDOWN);
    }

    @Test
    void isValidToTheEndOfItsLastDayInItsOwnZone() {
        CardState card = card(CardStatus.ACTIVE, Set.of(), List.of(), false, false, "2026-11-30", Caps.NONE, Load.NONE);

        assertThat(card.exclusionsFor(inAt("2026-11-30T20:59:59Z"))).isEmpty();
        assertThat(card.exclusionsFor(inAt("2026-11-30T21:00:00Z"))).containsExactly(Exclusion.EXPIRED);
    }

    @Test
    void worksInItsWindowsOfTheWeekOnly() {
        List<ScheduleWindow> office = List.of(new ScheduleWindow(DayOfWeek.SATURDAY, 9 * 60, 18 * 60));
        CardState card = card(CardStatus.ACTIVE, Set.of(), office, false, false, "2030-01-31", Caps.NONE, Load.NONE);

        assertThat(card.exclusionsFor(inAt("2026-11-21T06:00:00Z"))).isEmpty();
        assertThat(card.exclusionsFor(inAt("2026-11-21T05:59:59Z"))).containsExactly(Exclusion.SCHEDULE);
        assertThat(card.exclusionsFor(inAt("2026-11-21T15:00:00Z"))).containsExactly(Exclusion.SCHEDULE);
        assertThat(card.exclusionsFor(inAt("2026-11-22T09:00:00Z"))).containsExactly(Exclusion.SCHEDULE);
    }

    @Test
    void keepsCivilHoursOverAChangeToSummerTime() {
        var berlin = new ScheduleWindow(DayOfWeek.SUNDAY, 3 * 60, 4 * 60);
        ZoneId zone = ZoneId.of("Europe/Berlin");

        assertThat(berlin.contains(Instant.parse("2026-03-29T01:00:00Z").atZone(zone)))
                .isTrue();
        assertThat(berlin.contains(Instant.parse("2026-03-29T00:59:59Z").atZone(zone)))
                .isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new ScheduleWindow(DayOfWeek.MONDAY, 60, 60));
    }

    @Test
    void namesVacationPartnerSameAmountAndFloat() {
        CardState other = card(
                CardStatus.ACTIVE,
                Set.of(UUID.randomUUID()),
                List.of(),
                true,
                true,
                "2030-01-31",
                Caps.NONE,
                Load.NONE);

        assertThat(other.exclusionsFor(in(100)))
                .containsExactlyInAnyOrder(Exclusion.VACATION, Exclusion.PARTNER, Exclusion.SAME_AMOUNT);
        CardState own =
                card(CardStatus.ACTIVE, Set.of(PARTNER), List.of(), false, true, "2030-01-31", Caps.NONE, Load.NONE);
        assertThat(own.exclusionsFor(new CardState.Payment(PARTNER, Direction.OUT, 501, NOW)))
                .containsExactly(Exclusion.FLOAT);
        assertThat(own.exclusionsFor(new CardState.Payment(PARTNER, Direction.OUT, 500, NOW)))
                .isEmpty();
    }

    @Test
    void isAsFullAsItsTightestCap() {
        Load load = new Load(100, 1, 0, 100, 300, 1, null);

        assertThat(card(new Caps(null, 1000L, 1000L, null, null), load).utilisationWith(100))
                .isEqualTo(0.5);
        assertThat(card(Caps.NONE, load).utilisationWith(100)).isZero();
    }

    @Test
    void peopleCannotMoveACardOutOfHoldOrEnd() {
        assertThat(Stream.of(CardStatus.values()).filter(CardStatus.BLOCKED::mayBecome))
                .isEmpty();
        assertThat(Stream.of(CardStatus.values()).filter(CardStatus.COMPLIANCE_HOLD::mayBecome))
                .containsExactly(CardStatus.BLOCKED);
        assertThat(CardStatus.PAUSED.mayBecome(CardStatus.ACTIVE)).isTrue();
        assertThat(CardStatus.ACTIVE.mayBecome(CardStatus.ACTIVE)).isFalse();
    }

    private static CardState.Payment in(long amount) {
        return new CardState.Payment(PARTNER, Direction.IN, amount, NOW);
    }

    private static CardState.Payment inAt(String time) {
        return new CardState.Payment(PARTNER, Direction.IN, 100, Instant.parse(time));
    }

    private static Load assignedAgo(int seconds) {
        return new Load(0, 0, 0, 0, 0, 0, NOW.minusSeconds(seconds));
    }

    private static CardState card(Caps caps, Load load) {
        return card(CardStatus.ACTIVE, Set.of(), List.of(), false, false, "2030-01-31", caps, load);
    }

    private static CardState card(
            CardStatus status,
            Set<UUID> partners,
            List<ScheduleWindow> schedule,
            boolean onVacation,
            boolean sameAmount,
            String validUntil,
            Caps caps,
            Load load) {
        return new CardState(
                UUID.randomUUID(),
                status,
                MOSCOW,
                LocalDate.parse(validUntil),
                10,
                1000,
                load.lastAssignedAt() != null && load.openOrders() == 0 ? Duration.ofSeconds(60) : Duration.ZERO,
                0,
                partners,
                schedule,
                onVacation,
                sameAmount,
                500,
                caps,
                load);
    }
}

package io.darvoza.payments.card;

import static io.darvoza.payments.card.CardFixtures.await;
import static io.darvoza.payments.card.CardFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.test.TestClock;
import io.darvoza.payments.RealService;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.PartnerFixtures;
import io.darvoza.payments.partner.Partners;
import io.darvoza.payments.vault.PanVault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The choice of cards against the real database, alone and in crowds; the cards are in tenge, of which the local data has none. */
@RealService
@Import(CardChoiceIT.Time.class)
class CardChoiceIT {

    private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");
    private static final TestClock CLOCK = new TestClock(START);

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        TestClock testClock() {
            return CLOCK;
        }
    }

    @Autowired
    CardChoice choice;

    @Autowired
    Partners partners;

    @Autowired
    PanVault vault;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    private Partner partner;

    @BeforeEach
    void begin() {
        CLOCK.advance(Duration.between(CLOCK.instant(), START));
        run(database, "update card set status = 'blocked' where currency = 'KZT'");
        run(
                database,
                "update card_counter t set accepting = false from card c where c.id = t.card_id and c.currency = 'KZT'");
        Partner added = PartnerFixtures.added(database, partners);
        run(database, "update partner set currency = 'KZT' where id = '" + added.id() + "'");
        partner = await(partners.find(added.id()));
    }

    @Test
    void hundredAtOnceDoNotOvershootTheDayOfACard() {
        UUID card = card("day_cap_minor = 100000");

        assertThat(reserveAtOnce(100, i -> 2500 + i)).isBetween(38L, 40L);
        assertThat(number("select reserved_minor from card_counter where card_id = '%s' and direction = 'in'", card))
                .isLessThanOrEqualTo(100_000)
                .isGreaterThan(97_000)
                .isEqualTo(openOn(card));
    }

    @Test
    void hundredAtOnceDoNotExceedTheCountOfOpenOrders() {
        UUID card = card("max_open = 7");

        assertThat(reserveAtOnce(100, i -> 1000 + i)).isEqualTo(7);
        assertThat(number("select open_orders from card_counter where card_id = '%s' and direction = 'in'", card))
                .isEqualTo(7);
    }

    @Test
    void hundredOfOneAmountGetACardEach() {
        for (int i = 0; i < 5; i++) {
            card("max_open = 50");
        }

        assertThat(reserveAtOnce(100, _ -> 5000)).isEqualTo(5);
        assertThat(number("select count(*) from (select card_id from card_reservation where state = 'open'"
                        + " and amount_minor = 5000 group by card_id having count(*) > 1) twice"))
                .isZero();
        assertThat(number("select sum(open_orders) from card_counter t join card c on c.id = t.card_id"
                        + " where t.accepting and c.currency = 'KZT' and t.direction = 'in'"))
                .isEqualTo(5);
    }

    @Test
    void aCrowdIsSpreadOverAllCardsThatHaveRoom() {
        List<UUID> cards = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            cards.add(card("max_open = 10"));
        }

        assertThat(reserveAtOnce(60, i -> 1000 + i)).isEqualTo(40);
        assertThat(cards)
                .allSatisfy(card -> assertThat(number(
                                "select open_orders from card_counter where card_id = '%s' and direction = 'in'", card))
                        .isEqualTo(10));
    }

    @Test
    void reservesPostsAndReleasesAtRandomWithoutLosingCount() {
        UUID card = card("day_cap_minor = 300000, max_open = 40");
        long seed = new SplittableRandom().nextLong();
        SplittableRandom chance = new SplittableRandom(seed);
        List<Long> dice =
                LongStream.range(0, 300).mapToObj(_ -> chance.nextLong(3)).toList();

        await(Flux.range(0, 300)
                .flatMap(
                        i -> {
                            UUID order = UUID.randomUUID();
                            long amount = 1000 + i;
                            Mono<Void> end = switch (dice.get(i).intValue()) {
                                case 0 -> choice.post(order, amount - 1);
                                case 1 -> choice.release(order, CardChoice.Ending.REJECTED);
                                default -> Mono.empty();
                            };
                            return reserve(order, amount)
                                    .flatMap(_ ->
                                            end.as(transaction::transactional).thenReturn(true))
                                    .onErrorReturn(false);
                        },
                        32)
                .then());

        String context = "seed " + seed;
        assertThat(number("select reserved_minor from card_counter where card_id = '%s' and direction = 'in'", card))
                .as(context)
                .isEqualTo(openOn(card));
        assertThat(number("select day_minor from card_counter where card_id = '%s' and direction = 'in'", card))
                .as(context)
                .isEqualTo(number(
                        "select coalesce(sum(posted_minor), 0) from card_reservation where card_id = '%s'", card));
        assertThat(number(
                        "select reserved_minor + day_minor from card_counter where card_id = '%s' and direction = 'in'",
                        card))
                .as(context)
                .isLessThanOrEqualTo(300_000);
    }

    @Test
    void waitsForARoomThatAnotherTransactionIsAboutToGiveBack() {
        UUID card = card("max_open = 1");
        UUID first = UUID.randomUUID();
        await(reserve(first, 1000));
        Mono<Void> slowRelease = choice.release(first, CardChoice.Ending.EXPIRED)
                .then(Mono.delay(Duration.ofMillis(300)).then())
                .as(transaction::transactional);

        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 1001))).hasMessage("no_card_available");
        await(slowRelease);
        assertThat(await(reserve(UUID.randomUUID(), 1001)).id()).isEqualTo(card);
    }

    @Test
    void writesNothingWhenNoCardTakesIt() {
        UUID card = card("day_cap_minor = 100");

        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 101))).hasMessage("no_card_available");
        assertThat(number("select count(*) from card_reservation where card_id = '%s'", card))
                .isZero();
        assertThat(number("select reserved_minor from card_counter where card_id = '%s' and direction = 'in'", card))
                .isZero();
    }

    @Test
    void keepsWhyACardWasTakenAndTheOthersWereNot() {
        UUID empty = card("day_cap_minor = 1000000");
        UUID small = card("day_cap_minor = 100");
        UUID onVacation = card("max_open = 3");
        run(database, """
                insert into card_vacation (id, card_id, starts_at, ends_at, zone, reason, created_by)
                values (gen_random_uuid(), '%s', timestamptz '2026-11-21 09:00Z', timestamptz '2026-11-22 09:00Z', 'Europe/Moscow', 'rest', 'user:1')
                """.formatted(onVacation));
        UUID order = UUID.randomUUID();

        ChosenCard chosen = await(reserve(order, 5000));

        assertThat(chosen.id()).isEqualTo(empty);
        assertThat(await(vault.reveal(chosen.pan())).mask()).isEqualTo(chosen.mask());
        String kept = text("select chosen::text from card_reservation where order_id = '" + order + "'");
        assertThat(kept)
                .contains("\"utilisation\": 0.005")
                .contains(small.toString(), "day_cap")
                .contains(onVacation.toString(), "vacation");
    }

    @Test
    void anOrderThatRollsBackLeavesNoTrace() {
        UUID card = card("max_open = 1");
        Mono<Void> undone = choice.reserveIn(new CardChoice.Wish(UUID.randomUUID(), partner, 1000, "client"))
                .then(Mono.<Void>error(new IllegalStateException("no")))
                .as(transaction::transactional);

        assertThatThrownBy(() -> await(undone)).hasMessage("no");
        assertThat(openOn(card)).isZero();
        assertThat(await(reserve(UUID.randomUUID(), 1000)).id()).isEqualTo(card);
    }

    @Test
    void aReservationOutlivesMidnightAndIsPostedToTheDayOfApproval() {
        UUID card = card("day_cap_minor = 1000");
        UUID order = UUID.randomUUID();
        at("2026-11-21T20:59:50Z");
        await(reserve(order, 600));
        at("2026-11-21T21:00:10Z");
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 401)))
                .as("what is open counts in the new day, too")
                .hasMessage("no_card_available");
        await(choice.post(order, 600).as(transaction::transactional));
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 401))).hasMessage("no_card_available");
        at("2026-11-22T20:59:59Z");
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 401))).hasMessage("no_card_available");
        at("2026-11-22T21:00:00Z");
        assertThat(await(reserve(UUID.randomUUID(), 401)).id()).isEqualTo(card);
    }

    @Test
    void aReversedOrderFreesTheDayThatCountsItOnce() {
        UUID card = card("day_cap_minor = 1000");
        at("2026-11-21T20:00:00Z");
        UUID order = posted(600);
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 401))).hasMessage("no_card_available");
        takeBack(order);
        takeBack(order);

        assertThat(number(
                        "select day_minor + month_minor + hour_minor + day_count + month_count + hour_count"
                                + " from card_counter where card_id = '%s' and direction = 'in'",
                        card))
                .isZero();
        assertThat(await(reserve(UUID.randomUUID(), 1000)).id()).isEqualTo(card);
    }

    @Test
    void aReversalOfYesterdaysOrderLeavesTodayAlone() {
        UUID card = card("day_cap_minor = 1000");
        at("2026-11-21T20:00:00Z");
        UUID yesterdays = posted(600);
        at("2026-11-21T21:30:00Z");
        posted(500);
        takeBack(yesterdays);

        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 501))).hasMessage("no_card_available");
        assertThat(number("select month_minor from card_counter where card_id = '%s' and direction = 'in'", card))
                .isEqualTo(500);
        assertThat(await(reserve(UUID.randomUUID(), 499)).id()).isEqualTo(card);
    }

    private UUID posted(long amount) {
        UUID order = UUID.randomUUID();
        await(reserve(order, amount));
        await(choice.post(order, amount).as(transaction::transactional));
        return order;
    }

    private void takeBack(UUID order) {
        await(choice.takeBack(order).as(transaction::transactional));
    }

    @Test
    void theMonthEndsInTheCardsZoneAndTheHourRollsOver() {
        UUID card = card("hour_cap_minor = 700, month_cap_minor = 1000");
        at("2026-11-30T19:59:00Z");
        post(600);
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 101))).hasMessage("no_card_available");
        at("2026-11-30T20:00:00Z");
        post(400);
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 1))).hasMessage("no_card_available");
        at("2026-11-30T21:00:00Z");
        assertThat(await(reserve(UUID.randomUUID(), 700)).id()).isEqualTo(card);
    }

    @Test
    void aDayOfTwentyThreeHoursIsOneDay() {
        UUID card = card("day_cap_minor = 1000");
        run(database, "update card set zone = 'Europe/Berlin' where id = '" + card + "'");
        at("2026-03-28T23:00:00Z");
        post(1000);
        at("2026-03-29T21:59:59Z");
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 1))).hasMessage("no_card_available");
        at("2026-03-29T22:00:00Z");
        assertThat(await(reserve(UUID.randomUUID(), 1000)).id()).isEqualTo(card);
    }

    @Test
    void coolsDownBetweenTwoOrders() {
        UUID card = card("max_open = 9");
        run(database, "update card set cooldown_seconds = 120 where id = '" + card + "'");
        await(reserve(UUID.randomUUID(), 1000));
        CLOCK.advance(Duration.ofSeconds(119));
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 1001))).hasMessage("no_card_available");
        CLOCK.advance(Duration.ofSeconds(1));
        assertThat(await(reserve(UUID.randomUUID(), 1001)).id()).isEqualTo(card);
    }

    @Test
    void endsAReservationOnceHoweverOftenItIsTold() {
        UUID card = card("max_open = 9");
        UUID order = UUID.randomUUID();
        await(reserve(order, 1000));
        await(choice.release(order, CardChoice.Ending.FAILED));
        await(choice.release(order, CardChoice.Ending.EXPIRED));

        assertThat(openOn(card)).isZero();
        assertThat(number("select open_orders from card_counter where card_id = '%s' and direction = 'in'", card))
                .isZero();
        assertThatThrownBy(() -> await(choice.post(order, 1000))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void paysOutNoMoreThanIsBelievedToBeOnTheCard() {
        UUID card = card("max_open = 9");
        run(database, "select ledger_account_of('float', '%s', 'KZT')".formatted(card));
        run(database, """
                update ledger_balance b set balance = 1000 from ledger_account a
                where a.id = b.account_id and a.kind = 'float' and a.owner_id = '%s'
                """.formatted(card));
        Mono<ChosenCard> tooMuch = choice.payOut(card, wish(1001)).as(transaction::transactional);

        assertThatThrownBy(() -> await(tooMuch)).hasMessage("card_not_eligible");
        await(choice.payOut(card, wish(1000)).as(transaction::transactional));
        assertThat(number("select day_minor from card_counter where card_id = '%s' and direction = 'out'", card))
                .isEqualTo(1000);
        assertThatThrownBy(() -> await(choice.payOut(UUID.randomUUID(), wish(1)).as(transaction::transactional)))
                .hasMessage("card_not_eligible");
    }

    @Test
    void countsLateMoneyWhateverTheCaps() {
        UUID card = card("day_cap_minor = 100");
        await(choice.receiveLate(card, wish(5000)).as(transaction::transactional));

        assertThat(number("select day_minor from card_counter where card_id = '%s' and direction = 'in'", card))
                .isEqualTo(5000);
    }

    private interface Amounts {
        long of(int i);
    }

    /** How many of so many simultaneous deposits got a card. */
    private long reserveAtOnce(int count, Amounts amounts) {
        return await(Flux.range(0, count)
                .flatMap(
                        i -> reserve(UUID.randomUUID(), amounts.of(i))
                                .map(_ -> true)
                                .onErrorResume(
                                        fault -> "no_card_available".equals(fault.getMessage()), _ -> Mono.just(false)),
                        count)
                .filter(Boolean::booleanValue)
                .count());
    }

    private Mono<ChosenCard> reserve(UUID order, long amount) {
        return choice.reserveIn(new CardChoice.Wish(order, partner, amount, "client"))
                .as(transaction::transactional);
    }

    private void post(long amount) {
        UUID order = UUID.randomUUID();
        await(reserve(order, amount));
        await(choice.post(order, amount).as(transaction::transactional));
    }

    private CardChoice.Wish wish(long amount) {
        return new CardChoice.Wish(UUID.randomUUID(), partner, amount, "client");
    }

    private void at(String time) {
        CLOCK.advance(Duration.between(CLOCK.instant(), Instant.parse(time)));
    }

    private UUID card(String caps) {
        UUID id = CardFixtures.added(database, vault, "KZT");
        run(database, "update card_counter set %s where card_id = '%s'".formatted(caps, id));
        return id;
    }

    private long openOn(UUID card) {
        return number(
                "select coalesce(sum(amount_minor), 0) from card_reservation where state = 'open' and card_id = '%s'",
                card);
    }

    private long number(String sql, Object... arguments) {
        return await(database.sql("select (%s)::bigint".formatted(sql.formatted(arguments)))
                .mapValue(Long.class)
                .one());
    }

    private String text(String sql) {
        return await(database.sql(sql).mapValue(String.class).one());
    }
}

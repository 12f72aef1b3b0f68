package io.darvoza.payments.card;

import static io.darvoza.payments.card.CardFixtures.await;
import static io.darvoza.payments.card.CardFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What cards have moved in the running hour, day and month of their zones, and what that leaves room for. */
class CardTurnoverIT extends CardsInTenge {

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
        Mono<ChosenCard> tooMuch =
                choice.payOut(card, wish(UUID.randomUUID(), 1001)).as(transaction::transactional);

        assertThatThrownBy(() -> await(tooMuch)).hasMessage("card_not_eligible");
        await(choice.payOut(card, wish(UUID.randomUUID(), 1000)).as(transaction::transactional));
        assertThat(number("select day_minor from card_counter where card_id = '%s' and direction = 'out'", card))
                .isEqualTo(1000);
        assertThatThrownBy(() -> await(choice.payOut(UUID.randomUUID(), wish(UUID.randomUUID(), 1))
                        .as(transaction::transactional)))
                .hasMessage("card_not_eligible");
    }

    @Test
    void countsLateMoneyWhateverTheCaps() {
        UUID card = card("day_cap_minor = 100");
        await(choice.receiveLate(card, wish(UUID.randomUUID(), 5000)).as(transaction::transactional));

        assertThat(number("select day_minor from card_counter where card_id = '%s' and direction = 'in'", card))
                .isEqualTo(5000);
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

    private void post(long amount) {
        var ignored = posted(amount);
    }

    private void at(String time) {
        CLOCK.advance(Duration.between(CLOCK.instant(), Instant.parse(time)));
    }
}

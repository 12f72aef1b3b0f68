package io.darvoza.payments.card;

import static io.darvoza.payments.card.CardFixtures.await;
import static io.darvoza.payments.card.CardFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which card an order gets, alone and in crowds. */
class CardChoiceIT extends CardsInTenge {

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
        Mono<Void> undone = choice.reserveIn(wish(UUID.randomUUID(), 1000))
                .then(Mono.<Void>error(new IllegalStateException("no")))
                .as(transaction::transactional);

        assertThatThrownBy(() -> await(undone)).hasMessage("no");
        assertThat(openOn(card)).isZero();
        assertThat(await(reserve(UUID.randomUUID(), 1000)).id()).isEqualTo(card);
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

    private String text(String sql) {
        return await(database.sql(sql).mapValue(String.class).one());
    }
}

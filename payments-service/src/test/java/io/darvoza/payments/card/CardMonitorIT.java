package io.darvoza.payments.card;

import static io.darvoza.payments.card.CardFixtures.await;
import static io.darvoza.payments.card.CardFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.test.TestClock;
import io.darvoza.payments.RealService;
import io.darvoza.payments.card.model.CardStatus;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.PartnerFixtures;
import io.darvoza.payments.partner.Partners;
import io.darvoza.payments.vault.PanVault;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The card monitor over real tables, on a clock that stands still. */
@RealService
@Import(CardMonitorIT.Time.class)
class CardMonitorIT {

    private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
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
    CardMonitor monitor;

    @Autowired
    CountersCheck counters;

    @Autowired
    CardChoice choice;

    @Autowired
    CardStatuses statuses;

    @Autowired
    Partners partners;

    @Autowired
    PanVault vault;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    private Partner partner;
    private UUID card;

    @BeforeEach
    void begin() {
        at(START.toString());
        run(database, "update card set status = 'blocked' where currency = 'RUB'");
        run(
                database,
                "update card_counter t set accepting = false from card c where c.id = t.card_id and c.currency = 'RUB'");
        partner = PartnerFixtures.added(database, partners);
        card = CardFixtures.added(database, vault, "RUB");
    }

    @Test
    void expiresACardAfterItsLastDayAndWarnsThirtySevenAndOneDaysBefore() {
        run(database, "update card set valid_until = '2026-12-31' where id = '" + card + "'");
        round();
        assertThat(warnings()).isZero();
        at("2026-11-30T21:00:00Z");
        round();
        round();
        assertThat(warnings()).isOne();
        at("2026-12-24T09:00:00Z");
        round();
        at("2026-12-30T09:00:00Z");
        round();
        assertThat(warnings()).isEqualTo(3);
        at("2026-12-31T20:59:59Z");
        round();
        assertThat(status()).isEqualTo("active");
        at("2026-12-31T21:00:00Z");
        round();
        assertThat(status()).isEqualTo("expired");
        assertThat(accepting()).isFalse();
    }

    @Test
    void sendsACardOnVacationAndBackAndKeepsItsOpenOrders() {
        UUID order = UUID.randomUUID();
        await(reserve(order, 1000));
        vacation("2026-11-21T10:00:00Z", "2026-11-21T12:00:00Z");
        vacation("2026-11-21T11:30:00Z", "2026-11-21T13:00:00Z");
        round();
        assertThat(status()).isEqualTo("active");
        at("2026-11-21T10:00:00Z");
        round();
        assertThat(status()).isEqualTo("vacation");
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 1001))).hasMessage("no_card_available");
        await(choice.post(order, 1000).as(transaction::transactional));
        at("2026-11-21T12:30:00Z");
        round();
        assertThat(status()).as("the windows overlap").isEqualTo("vacation");
        at("2026-11-21T13:00:00Z");
        round();
        assertThat(status()).isEqualTo("active");
        assertThat(await(reserve(UUID.randomUUID(), 1001)).id()).isEqualTo(card);
    }

    @Test
    void theChoiceKnowsOfAVacationBeforeTheMonitorDoes() {
        vacation("2026-11-21T10:00:00Z", "2026-11-21T12:00:00Z");
        at("2026-11-21T10:00:00Z");

        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 1001))).hasMessage("no_card_available");
        at("2026-11-21T12:00:00Z");
        assertThat(await(reserve(UUID.randomUUID(), 1001)).id()).isEqualTo(card);
    }

    @Test
    void pausesACardAfterThreeFailuresWithinAnHour() {
        fail(CardChoice.Ending.FAILED);
        CLOCK.advance(Duration.ofMinutes(61));
        fail(CardChoice.Ending.REJECTED);
        fail(CardChoice.Ending.FAILED);
        fail(CardChoice.Ending.EXPIRED);
        fail(CardChoice.Ending.CANCELLED);
        round();
        assertThat(status()).isEqualTo("active");
        fail(CardChoice.Ending.REJECTED);
        round();
        assertThat(status()).isEqualTo("paused");
    }

    @Test
    void doesNotPauseACardAgainForFailuresThatSomebodyHasLookedAt() {
        for (int i = 0; i < 3; i++) {
            fail(CardChoice.Ending.FAILED);
        }
        round();
        CLOCK.advance(Duration.ofMinutes(5));
        await(statuses.move(new CardStatuses.Move(card, CardStatus.PAUSED, CardStatus.ACTIVE, "fine", "user:1")));
        round();
        assertThat(status()).isEqualTo("active");
    }

    @Test
    void holdsAPersonsCardAtThirtyOneOperationsADayAndOpensOneCase() {
        run(database, "update card set holder_kind = 'person' where id = '" + card + "'");
        for (int i = 0; i < 30; i++) {
            post(100 + i, "one");
        }
        round();
        assertThat(status()).isEqualTo("active");
        post(500, "one");
        round();
        assertThat(status()).isEqualTo("compliance_hold");
        assertThat(cases()).isEqualTo("operations_per_day 30 31");
        round();
        assertThat(cases()).isEqualTo("operations_per_day 30 31");
        assertThatThrownBy(() -> await(reserve(UUID.randomUUID(), 1001))).hasMessage("no_card_available");
    }

    @Test
    void countsDifferentPayersAndRoublesOfAPersonsCard() {
        run(database, "update card set holder_kind = 'person' where id = '" + card + "'");
        for (int i = 0; i < 10; i++) {
            post(1_000_000 - i, "payer" + i);
        }
        round();
        assertThat(cases()).isEmpty();
        post(100, "payer10");
        post(10_000, "payer10");
        round();
        assertThat(cases()).isEqualTo("counterparties_per_day 10 11, turnover_per_day 10000000 10010055");
    }

    @Test
    void asksNothingOfThatOfAnOrganisationsCardAndNothingTwiceForTheSameDay() {
        for (int i = 0; i < 31; i++) {
            post(1000 + i, "payer" + i);
        }
        round();
        assertThat(cases()).isEmpty();
        run(database, "update card set holder_kind = 'person' where id = '" + card + "'");
        round();
        assertThat(cases()).contains("operations_per_day");
        run(
                database,
                "update compliance_case set status = 'closed', closed_at = now(), closed_by = 'user:1', resolution = 'a fair'");
        run(database, "update card set status = 'active' where id = '" + card + "'");
        round();
        assertThat(status()).isEqualTo("active");
    }

    @Test
    void findsACounterThatDiffersFromItsReservations() {
        await(reserve(UUID.randomUUID(), 1000));
        post(2000, "one");
        assertThat(await(counters.check())).isZero();
        run(
                database,
                "update card_counter set reserved_minor = 999 where direction = 'in' and card_id = '" + card + "'");
        assertThat(await(counters.check())).isOne();
        run(
                database,
                "update card_counter set reserved_minor = 1000, day_minor = 1 where direction = 'in' and card_id = '"
                        + card + "'");
        assertThat(await(counters.check())).isOne();
        run(database, "update card_counter set day_minor = 2000 where direction = 'in' and card_id = '" + card + "'");
        assertThat(await(counters.check())).isZero();
        await(choice.takeBack(post(500, "two")).as(transaction::transactional));
        assertThat(await(counters.check())).isZero();
    }

    private void fail(CardChoice.Ending ending) {
        UUID order = UUID.randomUUID();
        await(reserve(order, 1000));
        await(choice.release(order, ending).as(transaction::transactional));
    }

    private UUID post(long amount, String payer) {
        UUID order = UUID.randomUUID();
        await(choice.reserveIn(new CardChoice.Wish(order, partner.id(), partner.currency(), amount, payer))
                .then(choice.post(order, amount))
                .as(transaction::transactional));
        return order;
    }

    private Mono<ChosenCard> reserve(UUID order, long amount) {
        return choice.reserveIn(new CardChoice.Wish(order, partner.id(), partner.currency(), amount, "client"))
                .as(transaction::transactional);
    }

    private void vacation(String from, String until) {
        run(database, """
                insert into card_vacation (id, card_id, starts_at, ends_at, zone, reason, created_by)
                values (gen_random_uuid(), '%s', timestamptz '%s', timestamptz '%s', 'Europe/Moscow', 'rest', 'user:1')
                """.formatted(card, from, until));
    }

    private void round() {
        await(monitor.round());
    }

    private void at(String time) {
        CLOCK.advance(Duration.between(CLOCK.instant(), Instant.parse(time)));
    }

    private long warnings() {
        return Long.parseLong(
                text("select count(*)::text from card_event where kind = 'expires_soon' and card_id = '" + card + "'"));
    }

    private String status() {
        return text("select status from card where id = '" + card + "'");
    }

    private boolean accepting() {
        return Boolean.parseBoolean(
                text("select bool_or(accepting)::text from card_counter where card_id = '" + card + "'"));
    }

    private String cases() {
        return text("""
                select coalesce(string_agg(concat_ws(' ', indicator, details->>'bound', details->>'found'), ', ' order by indicator), '')
                from compliance_case where card_id = '%s'
                """.formatted(card));
    }

    private String text(String sql) {
        return await(database.sql(sql).mapValue(String.class).one());
    }
}

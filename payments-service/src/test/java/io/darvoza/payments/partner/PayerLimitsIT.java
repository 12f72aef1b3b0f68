package io.darvoza.payments.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.TestClock;
import io.darvoza.payments.RealService;
import io.darvoza.payments.vault.CardNumber;
import io.darvoza.payments.vault.PanVault;
import io.darvoza.payments.vault.Purpose;
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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Payers' limits in the real tables, at noon of a Monday in Moscow. */
@RealService
@Import(PayerLimitsIT.Time.class)
class PayerLimitsIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2026-11-30T09:00:00Z");
    private static final TestClock CLOCK = new TestClock(NOON);

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {

        @Bean
        @Primary
        TestClock testClock() {
            return CLOCK;
        }
    }

    @Autowired
    PayerLimits limits;

    @Autowired
    Partners partners;

    @Autowired
    PanVault vault;

    @Autowired
    DatabaseClient database;

    @Autowired
    TransactionalOperator transaction;

    private Partner partner;
    private Payer payer;

    @BeforeEach
    void addPartnerWithLimits() {
        CLOCK.advance(Duration.between(CLOCK.instant(), NOON));
        partner = PartnerFixtures.added(database, partners);
        payer = new Payer.OfClientId("client-" + UUID.randomUUID());
        limit("client_id", false, 1000, 2500, 4000);
        limit("client_id", true, 100_000, 200_000, 300_000);
        limit("pan", false, 500, 700, 900);
    }

    @Test
    void findsAPartnerByItsClient() {
        assertThat(await(partners.ofClient(partner.clientId()))).isEqualTo(partner);
        assertThat(await(partners.ofClient("nobody"))).isNull();
    }

    @Test
    void refusesByTheBoundThatIsHitAndWritesNothing() {
        assertThatThrownBy(() -> take(1001)).hasMessage("limit_exceeded");
        take(1000);
        take(1000);
        assertThatThrownBy(() -> take(501)).hasMessage("limit_exceeded");
        take(500);
        assertThatThrownBy(() -> take(1)).hasMessage("limit_exceeded");
    }

    @Test
    void beginsAnewAtMidnightOfTheTenantAndAtTheFirstOfTheMonth() {
        CLOCK.advance(Duration.between(NOON, Instant.parse("2026-11-29T20:59:59Z")));
        take(1000);
        take(1000);
        take(500);
        CLOCK.advance(Duration.ofSeconds(1));
        take(1000);
        take(500);
        assertThatThrownBy(() -> take(1)).as("the month is full").hasMessage("limit_exceeded");
        CLOCK.advance(Duration.between(CLOCK.instant(), Instant.parse("2026-11-30T21:00:00Z")));
        take(1000);
    }

    @Test
    void givesBackOnlyWhatTheRunningPeriodsHold() {
        take(1000);
        take(1000);
        take(500);
        await(limits.giveBack(partner.id(), payer, 1000, CLOCK.instant()));
        take(1000);
        await(limits.giveBack(partner.id(), payer, 500, CLOCK.instant().minus(Duration.ofDays(1))));
        assertThatThrownBy(() -> take(1))
                .as("yesterday's does not make room today")
                .hasMessage("limit_exceeded");
    }

    @Test
    void knowsIdentifiedPayersAndGivesThemMore() {
        String clientId = ((Payer.OfClientId) payer).clientId();
        assertThat(await(limits.isIdentified(partner.id(), clientId))).isFalse();
        await(limits.take(partner.id(), payer, true, 100_000).as(transaction::transactional));
        assertThatThrownBy(() -> take(1)).hasMessage("limit_exceeded");
    }

    @Test
    void countsOneCardUnderAllItsTokensAndCardsOfOthersApart() {
        Payer first = new Payer.OfCard(await(vault.keep(new CardNumber("2200000000000004"), Purpose.PAYER)));
        Payer again = new Payer.OfCard(await(vault.keep(new CardNumber("2200000000000004"), Purpose.PAYER)));
        Payer other = new Payer.OfCard(await(vault.keep(new CardNumber("2204000000000000"), Purpose.PAYER)));

        await(limits.take(partner.id(), first, false, 500));
        assertThatThrownBy(() -> await(limits.take(partner.id(), again, false, 201)))
                .hasMessage("limit_exceeded");
        await(limits.take(partner.id(), other, false, 500));
    }

    @Test
    void hundredAtOnceDoNotExceedALimitTogether() {
        Long taken = await(Flux.range(0, 100)
                .flatMap(
                        _ -> limits.take(partner.id(), payer, false, 300)
                                .as(transaction::transactional)
                                .thenReturn(true)
                                .onErrorReturn(false),
                        32)
                .filter(Boolean::booleanValue)
                .count());

        assertThat(taken).isEqualTo(8);
    }

    @Test
    void aPartnerWithoutLimitsHasNone() {
        Partner free = PartnerFixtures.added(database, partners);

        await(limits.take(free.id(), payer, false, 99_999_999_999L));
    }

    private void take(long amount) {
        await(limits.take(partner.id(), payer, false, amount).as(transaction::transactional));
    }

    private void limit(String key, boolean identified, long operation, long day, long month) {
        await(database.sql("insert into partner_limit values (:partner, :key, :identified, :operation, :day, :month)")
                .bind("partner", partner.id())
                .bind("key", key)
                .bind("identified", identified)
                .bind("operation", operation)
                .bind("day", day)
                .bind("month", month)
                .then());
    }

    private static <T> T await(Mono<T> work) {
        return Await.within(work, BOUND);
    }
}

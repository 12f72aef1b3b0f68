package io.darvoza.payments.card;

import static io.darvoza.payments.card.CardFixtures.await;
import static io.darvoza.payments.card.CardFixtures.run;

import io.darvoza.common.test.TestClock;
import io.darvoza.payments.RealService;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.PartnerFixtures;
import io.darvoza.payments.partner.Partners;
import io.darvoza.payments.vault.PanVault;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** The choice of cards against the real database; the cards are in tenge, of which the local data has none. */
@RealService
@Import(CardsInTenge.Time.class)
abstract class CardsInTenge {

    private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");
    static final TestClock CLOCK = new TestClock(START);

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

    Partner partner;

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

    final Mono<ChosenCard> reserve(UUID order, long amount) {
        return choice.reserveIn(wish(order, amount)).as(transaction::transactional);
    }

    final UUID card(String caps) {
        UUID id = CardFixtures.added(database, vault, "KZT");
        run(database, "update card_counter set %s where card_id = '%s'".formatted(caps, id));
        return id;
    }

    final long openOn(UUID card) {
        return number(
                "select coalesce(sum(amount_minor), 0) from card_reservation where state = 'open' and card_id = '%s'",
                card);
    }

    final long number(String sql, Object... arguments) {
        return await(database.sql("select (%s)::bigint".formatted(sql.formatted(arguments)))
                .mapValue(Long.class)
                .one());
    }

    final CardChoice.Wish wish(UUID order, long amount) {
        return new CardChoice.Wish(order, partner.id(), partner.currency(), amount, "client");
    }
}

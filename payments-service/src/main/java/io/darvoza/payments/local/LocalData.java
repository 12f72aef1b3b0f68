package io.darvoza.payments.local;

import io.darvoza.common.reactive.Await;
import java.time.Duration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Writes the data of a local run when it is not there yet, before the first request. What a person changed since stays changed.
 */
@Component
@Profile("local")
final class LocalData implements SmartInitializingSingleton {

    private static final Duration BOUND = Duration.ofMinutes(1);

    /** «payments» in ASCII: of two instances that start together one writes. */
    private static final String LOCK = "select pg_advisory_xact_lock(" + 0x7061796D656E7473L + ")";

    private final LocalPartners partners;
    private final LocalCards cards;
    private final DatabaseClient database;
    private final TransactionalOperator transaction;

    LocalData(LocalPartners partners, LocalCards cards, DatabaseClient database, TransactionalOperator transaction) {
        this.partners = partners;
        this.cards = cards;
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Mono<Void> rows = database.sql(LOCK).then().then(partners.write()).then(cards.write());
        Await.within(transaction.transactional(rows), BOUND);
    }
}

package io.darvoza.payments.treasury;

import io.darvoza.payments.money.Currency;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The platform's cards, as far as money on them goes: in which currency. */
@Component
final class OwnCards {

    private final DatabaseClient database;

    OwnCards(DatabaseClient database) {
        this.database = database;
    }

    /** A card of ours. */
    record OwnCard(UUID id, Currency currency) {}

    /** Empty when there is none with this id. */
    Mono<OwnCard> find(UUID id) {
        return database.sql("select currency from card where id = :id")
                .bind("id", id)
                .map(row ->
                        new OwnCard(id, Currency.valueOf(Objects.requireNonNull(row.get("currency", String.class)))))
                .one();
    }
}

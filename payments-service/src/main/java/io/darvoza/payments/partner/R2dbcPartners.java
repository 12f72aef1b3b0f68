package io.darvoza.payments.partner;

import io.darvoza.payments.money.Currency;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** {@link Partners} in table {@code partner}, with what its currency sets. */
@Component
final class R2dbcPartners implements Partners {

    static final String SELECT = """
            select p.id, p.client_id, p.name, p.currency, p.status, p.ttl_seconds,
                   p.deposit_bps, p.deposit_min_minor, p.deposit_max_minor,
                   p.withdrawal_bps, p.withdrawal_min_minor, p.withdrawal_max_minor,
                   c.min_amount_minor, c.max_amount_minor,
                   coalesce(p.second_approval_minor, c.second_approval_minor) second_approval_minor,
                   p.created_at, p.row_version
            from partner p join currency_setting c on c.currency = p.currency
            """;

    private final DatabaseClient database;

    R2dbcPartners(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Partner> ofClient(String clientId) {
        return database.sql(SELECT + " where p.client_id = :client")
                .bind("client", clientId)
                .map(R2dbcPartners::partner)
                .one();
    }

    @Override
    public Mono<Partner> find(UUID id) {
        return database.sql(SELECT + " where p.id = :id")
                .bind("id", id)
                .map(R2dbcPartners::partner)
                .one();
    }

    static Partner partner(Readable row) {
        return new Partner(
                value(row, "id", UUID.class),
                value(row, "client_id", String.class),
                value(row, "name", String.class),
                Currency.valueOf(value(row, "currency", String.class)),
                PartnerStatus.ofWord(value(row, "status", String.class)),
                Duration.ofSeconds(value(row, "ttl_seconds", Long.class)),
                commission(row, "deposit"),
                commission(row, "withdrawal"),
                value(row, "min_amount_minor", Long.class),
                value(row, "max_amount_minor", Long.class),
                value(row, "second_approval_minor", Long.class),
                value(row, "created_at", Instant.class),
                value(row, "row_version", Long.class));
    }

    private static Commission commission(Readable row, String type) {
        return new Commission(
                value(row, type + "_bps", Integer.class),
                value(row, type + "_min_minor", Long.class),
                row.get(type + "_max_minor", Long.class));
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}

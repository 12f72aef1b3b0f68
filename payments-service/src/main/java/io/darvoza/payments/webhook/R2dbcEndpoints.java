package io.darvoza.payments.webhook;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.TimeOrderedIds;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@link Endpoints} in table {@code webhook_endpoint}. */
@Component
final class R2dbcEndpoints implements Endpoints {

    private static final String COLUMNS =
            "id, partner_id, url, description, event_types, disabled_reason, disabled_at, "
                    + "failing_since, previous_secret_until, created_at, row_version";
    private static final String OWN = " where id = :id and partner_id = :partner and status <> 'deleted' ";

    private final DatabaseClient database;
    private final SecretCipher cipher;
    private final TimeOrderedIds ids;
    private final Clock clock;

    R2dbcEndpoints(DatabaseClient database, SecretCipher cipher, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Endpoint> add(UUID partnerId, Wish wish, WebhookSecret secret) {
        return Mono.defer(() -> {
            UUID id = ids.next();
            return withWish(database.sql("""
                                    insert into webhook_endpoint (id, partner_id, url, description, event_types, secret, status,
                                                                  disabled_reason, disabled_at, created_at)
                                    values (:id, :partner, :url, :description, :types, :secret,
                                            case when :active then 'active' else 'disabled' end,
                                            case when :active then null else 'by_partner' end,
                                            case when :active then null else :now end, :now)
                                    returning
                                    """ + COLUMNS), wish)
                    .bind("id", id)
                    .bind("partner", partnerId)
                    .bind("secret", cipher.encrypt(secret, id))
                    .map(R2dbcEndpoints::endpoint)
                    .one();
        });
    }

    @Override
    public Flux<Endpoint> of(UUID partnerId) {
        return database.sql("select " + COLUMNS
                        + " from webhook_endpoint where partner_id = :partner and status <> 'deleted' order by id desc")
                .bind("partner", partnerId)
                .map(R2dbcEndpoints::endpoint)
                .all();
    }

    @Override
    public Mono<Endpoint> find(UUID partnerId, UUID id) {
        return own(database.sql("select " + COLUMNS + " from webhook_endpoint" + OWN), partnerId, id);
    }

    @Override
    public Mono<Long> countOf(UUID partnerId) {
        return database.sql("select 1 from partner where id = :partner for no key update")
                .bind("partner", partnerId)
                .then()
                .then(database.sql(
                                "select count(*) from webhook_endpoint where partner_id = :partner and status <> 'deleted'")
                        .bind("partner", partnerId)
                        .mapValue(Long.class)
                        .one());
    }

    @Override
    public Mono<Endpoint> change(UUID partnerId, UUID id, Wish wish) {
        return own(withWish(database.sql("""
                                update webhook_endpoint
                                set url = :url, description = :description, event_types = :types,
                                    status = case when :active then 'active' else 'disabled' end,
                                    disabled_reason = case when :active then null
                                                           else coalesce(disabled_reason, 'by_partner') end,
                                    disabled_at = case when :active then null else coalesce(disabled_at, :now) end,
                                    failing_since = case when :active and status = 'disabled' then null else failing_since end,
                                    wants_since = now(),
                                    row_version = row_version + 1
                                """ + OWN + "returning " + COLUMNS), wish), partnerId, id);
    }

    @Override
    public Mono<Endpoint> renewSecret(UUID partnerId, UUID id, WebhookSecret secret, Instant previousUntil) {
        return own(
                database.sql("""
                                update webhook_endpoint
                                set previous_secret = secret, previous_secret_until = :until, secret = :secret,
                                    row_version = row_version + 1
                                """ + OWN + "returning " + COLUMNS)
                        .bind("until", previousUntil)
                        .bind("secret", cipher.encrypt(secret, id)),
                partnerId,
                id);
    }

    @Override
    public Mono<Endpoint> delete(UUID partnerId, UUID id) {
        Mono<Endpoint> deleted = own(
                database.sql(
                        "update webhook_endpoint set status = 'deleted', disabled_reason = null, disabled_at = null, "
                                + "row_version = row_version + 1" + OWN + "returning " + COLUMNS),
                partnerId,
                id);
        return deleted.flatMap(
                endpoint -> database.sql("""
                        update webhook_delivery set state = 'failed', next_attempt_at = null, last_error = 'endpoint_deleted'
                        where endpoint_id = :id and state = 'pending'
                        """).bind("id", id).then().thenReturn(endpoint));
    }

    private static Mono<Endpoint> own(DatabaseClient.GenericExecuteSpec statement, UUID partnerId, UUID id) {
        return statement
                .bind("partner", partnerId)
                .bind("id", id)
                .map(R2dbcEndpoints::endpoint)
                .one();
    }

    private DatabaseClient.GenericExecuteSpec withWish(DatabaseClient.GenericExecuteSpec statement, Wish wish) {
        return statement
                .bind("url", wish.url())
                .bind("description", SqlValue.of(String.class, wish.description()))
                .bind("types", wish.eventTypes().toArray(String[]::new))
                .bind("active", wish.active())
                .bind("now", clock.instant());
    }

    private static Endpoint endpoint(Readable row) {
        return new Endpoint(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("partner_id", UUID.class)),
                Objects.requireNonNull(row.get("url", String.class)),
                row.get("description", String.class),
                List.of(Objects.requireNonNull(row.get("event_types", String[].class))),
                row.get("disabled_reason", String.class),
                row.get("disabled_at", Instant.class),
                row.get("failing_since", Instant.class),
                row.get("previous_secret_until", Instant.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                Objects.requireNonNull(row.get("row_version", Long.class)));
    }
}

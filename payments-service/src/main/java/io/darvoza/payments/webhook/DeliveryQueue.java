package io.darvoza.payments.webhook;

import io.darvoza.common.database.SqlValue;
import io.darvoza.payments.webhook.model.Attempt;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Which deliveries are due, and what became of them. An instance takes a delivery for the time of a lease: one that dies in
 * the middle loses it to whoever looks next, so that each message is sent at least once.
 */
@Component
class DeliveryQueue {

    /**
     * The oldest due ones first, of each endpoint only as many as may run at once. While an earlier version of the same order
     * is pending at the endpoint, later ones wait.
     */
    static final String TAKE = """
            with due as (
                select d.id
                from webhook_endpoint e
                cross join lateral (
                    select count(*) running from webhook_delivery r
                    where r.endpoint_id = e.id and r.state = 'pending' and r.lease_until > :now) busy
                cross join lateral (
                    select w.id, w.next_attempt_at from webhook_delivery w
                    where w.endpoint_id = e.id and w.state = 'pending' and w.next_attempt_at <= :now
                      and (w.lease_until is null or w.lease_until <= :now)
                      and not exists (
                          select 1 from webhook_delivery earlier
                          where earlier.endpoint_id = w.endpoint_id and earlier.order_uid = w.order_uid
                            and earlier.state = 'pending' and earlier.order_version < w.order_version)
                    order by w.next_attempt_at, w.id
                    limit greatest(0, case when e.failing_since is null then :perEndpoint else 1 end - busy.running)) d
                where e.status = 'active'
                order by d.next_attempt_at
                limit :batch),
            free as (
                select id from webhook_delivery
                where id in (select id from due) and state = 'pending' and (lease_until is null or lease_until <= :now)
                for update skip locked)
            update webhook_delivery d
            set lease_until = :lease, attempts = d.attempts + 1, attempted_at = :now
            from webhook_endpoint e
            where d.id in (select id from free) and e.id = d.endpoint_id
            returning d.id, d.endpoint_id, e.partner_id, coalesce(d.url, e.url) url, d.message_id, d.body, d.attempts, e.secret,
                      case when e.previous_secret_until > :now then e.previous_secret end previous_secret
            """;

    private final DatabaseClient database;
    private final R2dbcWebhooks webhooks;
    private final SecretCipher cipher;
    private final WebhookProperties properties;
    private final TransactionalOperator transaction;
    private final Clock clock;

    DeliveryQueue(
            DatabaseClient database,
            R2dbcWebhooks webhooks,
            SecretCipher cipher,
            WebhookProperties properties,
            TransactionalOperator transaction,
            Clock clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.cipher = cipher;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Takes due deliveries, at most so many. */
    Flux<Due> take(int most) {
        Instant now = clock.instant();
        return database.sql(TAKE)
                .bind("now", now)
                .bind("lease", now.plus(properties.lease()))
                .bind("perEndpoint", properties.perEndpoint())
                .bind("batch", most)
                .map(this::due)
                .all();
    }

    /** The receiver has it. */
    Mono<Void> delivered(Due due, Attempt attempt) {
        Mono<Void> wellAgain = database.sql(
                        "update webhook_endpoint set failing_since = null where id = :id and failing_since is not null")
                .bind("id", due.endpointId())
                .then();
        return wellAgain.then(ended(due, attempt, "delivered", null)).as(transaction::transactional);
    }

    /** It is tried again after a pause. */
    Mono<Void> postponed(Due due, Attempt attempt, Duration pause) {
        return failing(due)
                .then(ended(due, attempt, "pending", clock.instant().plus(pause)))
                .as(transaction::transactional);
    }

    /** It was tried for the last time. */
    Mono<Void> failed(Due due, Attempt attempt) {
        return failing(due).then(ended(due, attempt, "failed", null)).as(transaction::transactional);
    }

    /** The endpoint wants no more, or has failed for too long: what waits for it has failed, and the partner is told. */
    Mono<Boolean> disabled(Due due, Attempt attempt, String reason) {
        Mono<Boolean> disable = database.sql("""
                        update webhook_endpoint set status = 'disabled', disabled_reason = :reason, disabled_at = :now,
                                                    row_version = row_version + 1
                        where id = :id and status = 'active'
                        """)
                .bind("reason", reason)
                .bind("now", clock.instant())
                .bind("id", due.endpointId())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
        Mono<Void> dropped = database.sql("""
                        update webhook_delivery
                        set state = 'failed', next_attempt_at = null, lease_until = null, last_error = 'endpoint_disabled'
                        where endpoint_id = :id and state = 'pending'
                        """).bind("id", due.endpointId()).then();
        return disable.delayUntil(_ -> ended(due, attempt, "failed", null))
                .flatMap(first -> first
                        ? dropped.then(webhooks.tellDisabled(due.partnerId(), due.endpointId(), reason))
                                .thenReturn(true)
                        : Mono.just(false))
                .as(transaction::transactional);
    }

    /** Whether the endpoint has failed without a success for so long. */
    Mono<Boolean> hasFailedFor(Due due, Duration time) {
        return database.sql("select coalesce(failing_since < :since, false) from webhook_endpoint where id = :id")
                .bind("since", clock.instant().minus(time))
                .bind("id", due.endpointId())
                .mapValue(Boolean.class)
                .one()
                .defaultIfEmpty(false);
    }

    /** Nothing, when another instance has taken the delivery since. */
    private Mono<Void> ended(Due due, Attempt attempt, String state, @Nullable Instant next) {
        return database.sql("""
                        update webhook_delivery
                        set state = :state, next_attempt_at = :next, lease_until = null,
                            delivered_at = case :state when 'delivered' then :now::timestamptz end,
                            last_status = :status, last_millis = :millis, last_answer = :answer, last_error = :error
                        where id = :id and state = 'pending' and attempts = :attempts
                        """)
                .bind("state", state)
                .bind("next", SqlValue.of(Instant.class, next))
                .bind("now", clock.instant())
                .bind("status", SqlValue.of(Integer.class, attempt.status() == 0 ? null : attempt.status()))
                .bind("millis", attempt.millis())
                .bind("answer", SqlValue.of(String.class, attempt.answer()))
                .bind("error", SqlValue.of(String.class, attempt.error()))
                .bind("id", due.id())
                .bind("attempts", due.attempts())
                .then();
    }

    private Mono<Void> failing(Due due) {
        return database.sql("update webhook_endpoint set failing_since = :now where id = :id and failing_since is null")
                .bind("now", clock.instant())
                .bind("id", due.endpointId())
                .then();
    }

    private Due due(Readable row) {
        UUID endpoint = Objects.requireNonNull(row.get("endpoint_id", UUID.class));
        var secrets = new ArrayList<WebhookSecret>();
        secrets.add(cipher.decrypt(Objects.requireNonNull(row.get("secret", byte[].class)), endpoint));
        byte[] previous = row.get("previous_secret", byte[].class);
        if (previous != null) {
            secrets.add(cipher.decrypt(previous, endpoint));
        }
        return new Due(
                Objects.requireNonNull(row.get("id", UUID.class)),
                endpoint,
                Objects.requireNonNull(row.get("partner_id", UUID.class)),
                Objects.requireNonNull(row.get("url", String.class)),
                Objects.requireNonNull(row.get("message_id", String.class)),
                Objects.requireNonNull(row.get("body", String.class)),
                Objects.requireNonNull(row.get("attempts", Integer.class)),
                List.copyOf(secrets));
    }
}

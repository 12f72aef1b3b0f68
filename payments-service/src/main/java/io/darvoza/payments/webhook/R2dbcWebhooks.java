package io.darvoza.payments.webhook;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.TimeOrderedIds;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@link Webhooks} in table {@code webhook_delivery}; one statement, whatever the number of endpoints. */
@Component
final class R2dbcWebhooks implements Webhooks {

    /** A disabled endpoint gets its message as a failed one, which can be sent again later: nothing is silently lost. */
    private static final String ENQUEUE = """
            insert into webhook_delivery (id, endpoint_id, message_id, event_type, order_uid, order_version, body, state,
                                          next_attempt_at, last_error, created_at)
            select uuidv7(), id, :message, :type, :uid, :version, :body,
                   case status when 'active' then 'pending' else 'failed' end,
                   case status when 'active' then :now::timestamptz end,
                   case status when 'active' then null else 'endpoint_disabled' end, :now
            from webhook_endpoint
            where status <> 'deleted'
            """;

    private final DatabaseClient database;
    private final JsonMapper json;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final WebhookPokes pokes;

    R2dbcWebhooks(DatabaseClient database, JsonMapper json, TimeOrderedIds ids, Clock clock, WebhookPokes pokes) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.pokes = pokes;
    }

    @Override
    public Mono<Void> enqueue(PaymentSnapshot order) {
        return Mono.defer(() -> {
            var message = message(CallbackBody.of(order), order.uid(), order.version());
            return written(
                            ENQUEUE
                                    + "and partner_id = :partner and (cardinality(event_types) = 0 or :type = any (event_types))",
                            message,
                            order.partnerId())
                    .then();
        });
    }

    /** Tells the partner's other endpoints that one was disabled. */
    Mono<Void> tellDisabled(UUID partnerId, UUID endpointId, String reason) {
        return Mono.defer(() -> {
            var message = message("webhook.disabled", new Notice(endpointId, reason));
            return written(ENQUEUE + "and partner_id = :partner and status = 'active'", message, partnerId)
                    .then();
        });
    }

    /** A message for one endpoint, to see whether it arrives; the id of its delivery. */
    Mono<UUID> test(UUID endpointId) {
        return Mono.defer(() -> {
            var message = message("webhook.test", new Notice(endpointId, null));
            return written(ENQUEUE + "and id = :partner", message, endpointId)
                    .then(database.sql(
                                    "select id from webhook_delivery where endpoint_id = :id and message_id = :message")
                            .bind("id", endpointId)
                            .bind("message", message.id())
                            .mapValue(UUID.class)
                            .one());
        });
    }

    /** About an endpoint. */
    record Notice(UUID webhookId, @Nullable String reason) {}

    private Message message(String type, Object data) {
        return message(new CallbackBody(type, clock.instant(), data), null, null);
    }

    private Message message(CallbackBody body, @Nullable String orderUid, @Nullable Long orderVersion) {
        return new Message(
                Message.idOf(ids.next()), body.type(), orderUid, orderVersion, json.writeValueAsString(body));
    }

    private Mono<Long> written(String sql, Message message, UUID owner) {
        Mono<Long> insert = database.sql(sql)
                .bind("message", message.id())
                .bind("type", message.type())
                .bind("uid", SqlValue.of(String.class, message.orderUid()))
                .bind("version", SqlValue.of(Long.class, message.orderVersion()))
                .bind("body", message.body())
                .bind("now", clock.instant())
                .bind("partner", owner)
                .fetch()
                .rowsUpdated();
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(this::tellAfterCommit)
                .then(insert);
    }

    private void tellAfterCommit(TransactionSynchronizationManager transaction) {
        transaction.registerSynchronization(new TransactionSynchronization() {
            @Override
            public Mono<Void> afterCommit() {
                return Mono.fromRunnable(pokes::poke);
            }
        });
    }
}

package io.darvoza.payments.webhook;

import io.darvoza.common.database.SqlValue;
import io.darvoza.common.database.Write;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.webhook.model.CallbackUrl;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
            insert into webhook_delivery (id, endpoint_id, message_id, event_type, order_uid, order_version, body, url, state,
                                          next_attempt_at, last_error, created_at)
            select uuidv7(), id, :message, :type, :uid, :version, :body,
                   case when id = (%s) then :callback::text end,
                   case status when 'active' then 'pending' else 'failed' end,
                   case status when 'active' then :now::timestamptz end,
                   case status when 'active' then null else 'endpoint_disabled' end, :now
            from webhook_endpoint
            where status <> 'deleted'
            """.formatted(atOrigin("webhook_endpoint.partner_id"));

    private static final String TO_THOSE_WHO_WANT_IT =
            ENQUEUE + "and partner_id = :partner and (cardinality(event_types) = 0 or :type = any (event_types))";

    /** The endpoint that stands for an order's own address: the partner's first one at that origin. */
    private static String atOrigin(String partner) {
        return """
                select f.id from webhook_endpoint f
                where f.partner_id = %s and f.status <> 'deleted'
                  and lower(substring(f.url from '^[a-zA-Z]+://[^/?#]+')) = :origin::text
                order by f.id limit 1
                """.formatted(partner);
    }

    private final DatabaseClient database;
    private final JsonMapper json;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final WebhookPokes pokes;
    private final WebhookProperties properties;

    R2dbcWebhooks(
            DatabaseClient database,
            JsonMapper json,
            TimeOrderedIds ids,
            Clock clock,
            WebhookPokes pokes,
            WebhookProperties properties) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.pokes = pokes;
        this.properties = properties;
    }

    @Override
    public Mono<Void> enqueue(PaymentSnapshot order) {
        return Mono.defer(() -> Write.together(database, List.of(message(order))));
    }

    @Override
    public Write message(PaymentSnapshot order) {
        Message message = message(CallbackBody.of(order), order.uid(), order.version(), order.callbackUrl());
        return rows(TO_THOSE_WHO_WANT_IT, message, order.partnerId());
    }

    /** Tells the partner's other endpoints that one was disabled. */
    Mono<Void> tellDisabled(UUID partnerId, UUID endpointId, String reason) {
        return Mono.defer(() -> {
            var message = message("webhook.disabled", new Notice(endpointId, reason));
            return Write.together(
                    database,
                    List.of(rows(ENQUEUE + "and partner_id = :partner and status = 'active'", message, partnerId)));
        });
    }

    /** A message for one endpoint, to see whether it arrives; the id of its delivery. */
    Mono<UUID> test(UUID endpointId) {
        return Mono.defer(() -> {
            var message = message("webhook.test", new Notice(endpointId, null));
            return Write.together(database, List.of(rows(ENQUEUE + "and id = :partner", message, endpointId)))
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
        return message(new CallbackBody(type, clock.instant(), data), null, null, null);
    }

    private Message message(
            CallbackBody body, @Nullable String orderUid, @Nullable Long orderVersion, @Nullable String callbackUrl) {
        return new Message(
                Message.idOf(ids.next()),
                body.type(),
                orderUid,
                orderVersion,
                json.writeValueAsString(body),
                callbackUrl);
    }

    @Override
    public Mono<Void> requireCallable(UUID partnerId, String callbackUrl) {
        Mono<Void> refused = CallbackUrl.refusal(callbackUrl, properties.exceptions())
                .map(why -> Mono.<Void>error(invalid(why)))
                .orElse(Mono.empty());
        return refused.then(Mono.defer(() -> database.sql(atOrigin(":partner"))
                .bind("partner", partnerId)
                .bind("origin", CallbackUrl.originOf(callbackUrl))
                .mapValue(UUID.class)
                .one()
                .switchIfEmpty(
                        Mono.error(() -> invalid("at the origin of one of your webhooks, whose secret signs it")))
                .then()));
    }

    private static RuntimeException invalid(String why) {
        return CommonProblem.VALIDATION_FAILED.exception().error("/callback_url", why);
    }

    private Write rows(String sql, Message message, UUID owner) {
        String address = message.callbackUrl();
        return new Write(
                sql,
                Map.of(
                        "message",
                        message.id(),
                        "type",
                        message.type(),
                        "uid",
                        SqlValue.of(String.class, message.orderUid()),
                        "version",
                        SqlValue.of(Long.class, message.orderVersion()),
                        "body",
                        message.body(),
                        "callback",
                        SqlValue.of(String.class, address),
                        "origin",
                        SqlValue.of(String.class, address == null ? null : CallbackUrl.originOf(address)),
                        "now",
                        clock.instant(),
                        "partner",
                        owner),
                this::written);
    }

    private Mono<Void> written(long rows) {
        return rows == 0
                ? Mono.empty()
                : TransactionSynchronizationManager.forCurrentTransaction()
                        .doOnNext(this::tellAfterCommit)
                        .then();
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

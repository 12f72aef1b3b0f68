package io.darvoza.payments.webhook;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.database.SqlValue;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deliveries as their partner sees them, and their re-sending. */
@Component
class Deliveries {

    /** More at once would be a flood; the rest follows with another call. */
    static final int MOST_AGAIN = 1000;

    private static final String COLUMNS =
            "d.id, d.endpoint_id, d.message_id, d.event_type, d.order_uid, d.order_version, d.state, d.attempts, "
                    + "d.created_at, d.attempted_at, d.next_attempt_at, d.delivered_at, d.last_status, d.last_millis, "
                    + "d.last_answer, d.last_error, d.body";

    private static final String AGAIN = """
            update webhook_delivery d
            set state = 'pending', attempts = 0, next_attempt_at = :now, lease_until = null, delivered_at = null
            from webhook_endpoint e
            where e.id = d.endpoint_id and e.status = 'active' and (d.lease_until is null or d.lease_until <= :now) and
            """;

    private final DatabaseClient database;
    private final KeysetCursors cursors;
    private final WebhookPokes pokes;
    private final Clock clock;

    Deliveries(DatabaseClient database, KeysetCursors cursors, WebhookPokes pokes, Clock clock) {
        this.database = database;
        this.cursors = cursors;
        this.pokes = pokes;
        this.clock = clock;
    }

    /** An endpoint's deliveries, newest first, of one state if given. */
    Mono<Page<Delivery>> page(UUID endpointId, @Nullable String state, PageRequest page) {
        KeysetCursor cursor = cursors.forQuery("payments.webhook-deliveries", endpointId, state);
        List<String> after = cursor.read(page.cursor());
        return database.sql("select " + COLUMNS + """
                         from webhook_delivery d
                        where d.endpoint_id = :endpoint and (:state::text is null or d.state = :state)
                          and (:after::uuid is null or d.id < :after)
                        order by d.id desc limit :rows
                        """)
                .bind("endpoint", endpointId)
                .bind("state", SqlValue.of(String.class, state))
                .bind("after", SqlValue.of(UUID.class, after.isEmpty() ? null : UUID.fromString(after.getFirst())))
                .bind("rows", page.rowsToRead())
                .map(Deliveries::delivery)
                .all()
                .collectList()
                .map(rows -> Page.of(page, rows, delivery -> cursor.after(delivery.id())));
    }

    /** Empty when the partner has none with this id. */
    Mono<Delivery> find(UUID partnerId, UUID id) {
        return database.sql("select " + COLUMNS
                        + " from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id"
                        + " where d.id = :id and e.partner_id = :partner and e.status <> 'deleted'")
                .bind("id", id)
                .bind("partner", partnerId)
                .map(Deliveries::delivery)
                .one();
    }

    /** Sends a delivery again, whatever became of it, as a first try; false when its endpoint is not active. */
    Mono<Boolean> again(UUID id) {
        return repeated(database.sql(AGAIN + "d.id = :id").bind("id", id)).map(rows -> rows == 1);
    }

    /** Sends again what failed for the endpoint in that time, oldest first; how many, at most {@link #MOST_AGAIN}. */
    Mono<Long> failedAgain(UUID endpointId, Instant from, Instant to) {
        return repeated(database.sql(AGAIN + """
                        d.id in (select id from webhook_delivery
                                 where endpoint_id = :endpoint and state = 'failed'
                                   and created_at >= :from and created_at < :to
                                 order by id limit :most)
                        """)
                .bind("endpoint", endpointId)
                .bind("from", from)
                .bind("to", to)
                .bind("most", MOST_AGAIN));
    }

    private Mono<Long> repeated(DatabaseClient.GenericExecuteSpec statement) {
        return statement.bind("now", clock.instant()).fetch().rowsUpdated().doOnNext(_ -> pokes.poke());
    }

    private static Delivery delivery(Readable row) {
        return new Delivery(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("endpoint_id", UUID.class)),
                Objects.requireNonNull(row.get("message_id", String.class)),
                Objects.requireNonNull(row.get("event_type", String.class)),
                row.get("order_uid", String.class),
                row.get("order_version", Long.class),
                Objects.requireNonNull(row.get("state", String.class)),
                Objects.requireNonNull(row.get("attempts", Integer.class)),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("attempted_at", Instant.class),
                row.get("next_attempt_at", Instant.class),
                row.get("delivered_at", Instant.class),
                row.get("last_status", Integer.class),
                row.get("last_millis", Integer.class),
                row.get("last_answer", String.class),
                row.get("last_error", String.class),
                Objects.requireNonNull(row.get("body", String.class)));
    }
}

package io.darvoza.payments.order;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Orders of all partners for reading. */
@Component
final class OpsOrders {

    private static final int BATCH = 500;

    private final DatabaseClient database;
    private final KeysetCursors cursors;
    private final JsonMapper json;
    private final Clock clock;

    OpsOrders(DatabaseClient database, KeysetCursors cursors, JsonMapper json, Clock clock) {
        this.database = database;
        this.cursors = cursors;
        this.json = json;
        this.clock = clock;
    }

    /** One step of an order's life, or a note. */
    record Step(
            Instant at,
            String kind,
            String actor,
            @Nullable String status,
            @Nullable String detail) {}

    /** Why an order got its card: the cards that were looked at, in their order. */
    record Choice(String by, @Nullable List<Considered> considered) {}

    /**
     * A card that was looked at.
     *
     * @param utilisation share of its tightest cap with this payment, of a card that could have been taken
     * @param exclusions what spoke against it, of any other
     */
    record Considered(
            UUID cardId,
            @Nullable String mask,
            @Nullable Double utilisation,
            @Nullable List<String> exclusions) {}

    Mono<Page<PaymentOrder>> page(OpsFilter filter, PageRequest request) {
        KeysetCursor cursor = cursors.forQuery("ops.orders", filter);
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .flatMap(position -> rows(filter, position, request.rowsToRead()))
                .map(rows -> Page.of(
                        request,
                        rows,
                        last -> cursor.after(
                                last.terms().createdAt(), last.terms().id())));
    }

    /** All orders of the filter, read in batches as fast as they are taken. */
    Flux<PaymentOrder> all(OpsFilter filter) {
        return rows(filter, List.of(), BATCH)
                .expand(rows -> rows.size() < BATCH ? Mono.empty() : rows(filter, after(rows.getLast()), BATCH))
                .concatMapIterable(rows -> rows);
    }

    /** What happened to an order, oldest first. */
    Mono<List<Step>> timeline(UUID orderId) {
        return database.sql("""
            select at, kind, actor, status, detail from ops_feed where order_id = :order and kind <> 'noted'
            union all
            select created_at, 'noted', author, null, text from order_note where order_id = :order
            order by at
            """)
                .bind("order", orderId)
                .map(row -> new Step(
                        Objects.requireNonNull(row.get("at", Instant.class)),
                        Objects.requireNonNull(row.get("kind", String.class)),
                        Objects.requireNonNull(row.get("actor", String.class)),
                        row.get("status", String.class),
                        row.get("detail", String.class)))
                .all()
                .collectList();
    }

    /** Why an order got its card; empty when it has none. */
    Mono<Choice> choice(UUID orderId) {
        return database.sql("""
            select jsonb_build_object('by', r.chosen ->> 'by', 'considered',
                (select jsonb_agg(seen.card || jsonb_build_object('mask', c.mask) order by seen.place)
                 from jsonb_array_elements(r.chosen -> 'considered') with ordinality seen (card, place)
                 left join card c on c.id = (seen.card ->> 'card_id')::uuid))::text
            from card_reservation r where r.order_id = :order and r.chosen is not null
            order by r.reserved_at limit 1
            """)
                .bind("order", orderId)
                .mapValue(String.class)
                .one()
                .map(text -> json.readValue(text, Choice.class));
    }

    private static List<String> after(PaymentOrder last) {
        return List.of(last.terms().createdAt().toString(), last.terms().id().toString());
    }

    private Mono<List<PaymentOrder>> rows(OpsFilter filter, List<String> position, int limit) {
        Map<String, Object> values = new LinkedHashMap<>();
        return database.sql(select(filter, clock.instant(), position, limit, values))
                .bindValues(values)
                .map(OrderRow::read)
                .all()
                .collectList();
    }

    /** The statement, whose values are put into the map. */
    static String select(OpsFilter filter, Instant now, List<String> position, int limit, Map<String, Object> values) {
        OpsFilter.Conditions conditions = filter.conditions(now);
        values.putAll(conditions.values());
        String direction = filter.isOldestFirst() ? "asc" : "desc";
        StringBuilder sql = new StringBuilder("select o.* from payment_order o where true").append(conditions.sql());
        if (!position.isEmpty()) {
            sql.append(" and (o.created_at, o.id) %s (:lastAt, :lastId)".formatted(filter.isOldestFirst() ? ">" : "<"));
            values.put("lastAt", Instant.parse(position.get(0)));
            values.put("lastId", UUID.fromString(position.get(1)));
        }
        return sql.append(" order by o.created_at %1$s, o.id %1$s limit %2$d".formatted(direction, limit))
                .toString();
    }
}

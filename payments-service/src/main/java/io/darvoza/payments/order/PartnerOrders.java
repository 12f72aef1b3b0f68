package io.darvoza.payments.order;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A partner's orders for reading, newest first. */
@Component
final class PartnerOrders {

    private final DatabaseClient database;
    private final KeysetCursors cursors;

    PartnerOrders(DatabaseClient database, KeysetCursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    /** Which of a partner's orders; absent criteria do not narrow. Words are those of the API. */
    record Filter(
            UUID partner,
            @Nullable String externalId,
            @Nullable String status,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant to) {}

    Mono<Page<PaymentOrder>> page(Filter filter, PageRequest request) {
        KeysetCursor cursor = cursors.forQuery("partner.orders", filter);
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .flatMap(position -> rows(filter, position, request.rowsToRead()))
                .map(rows -> Page.of(
                        request,
                        rows,
                        last -> cursor.after(
                                last.terms().createdAt(), last.terms().id())));
    }

    private Mono<List<PaymentOrder>> rows(Filter filter, List<String> position, int limit) {
        Map<String, Object> values = new LinkedHashMap<>();
        return database.sql(select(filter, position, limit, values))
                .bindValues(values)
                .map(OrderRow::read)
                .all()
                .collectList();
    }

    /** The statement, whose values are put into the map. */
    static String select(Filter filter, List<String> position, int limit, Map<String, Object> values) {
        StringBuilder sql = new StringBuilder("select * from payment_order where partner_id = :partner");
        values.put("partner", filter.partner());
        criterion(sql, values, "external_id = :externalId", "externalId", filter.externalId());
        criterion(sql, values, "status = :status", "status", filter.status());
        criterion(sql, values, "type = :type", "type", filter.type());
        criterion(sql, values, "created_at >= :from", "from", filter.from());
        criterion(sql, values, "created_at < :to", "to", filter.to());
        if (!position.isEmpty()) {
            sql.append(" and (created_at, id) < (:lastAt, :lastId)");
            values.put("lastAt", Instant.parse(position.get(0)));
            values.put("lastId", UUID.fromString(position.get(1)));
        }
        return sql.append(" order by created_at desc, id desc limit ")
                .append(limit)
                .toString();
    }

    private static void criterion(
            StringBuilder sql, Map<String, Object> values, String condition, String name, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.put(name, value);
        }
    }
}

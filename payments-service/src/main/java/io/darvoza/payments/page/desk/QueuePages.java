package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.PaymentsProperties;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads what the page of orders shows. */
@Component
final class QueuePages {

    static final String ORDERS = "/v1/payments/ops/orders";

    private static final String PARTNERS = "/v1/payments/admin/partners";
    private static final String DEFAULT_ROWS = "50";

    private final OwnOperations operations;
    private final DeskDoors doors;
    private final SavedViews views;
    private final DatabaseClient database;
    private final PaymentsProperties properties;
    private final Clock clock;

    QueuePages(
            OwnOperations operations,
            DeskDoors doors,
            SavedViews views,
            DatabaseClient database,
            PaymentsProperties properties,
            Clock clock) {
        this.operations = operations;
        this.doors = doors;
        this.views = views;
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /** Where the feed stood before the list was read, and how many wait; nobody reads a larger number than a thousand. */
    private record Standing(long place, long waiting) {}

    /** The model of the page, and its status: a filter that makes no sense shows the form again, and no orders. */
    record Read(HttpStatusCode status, Map<String, Object> model) {}

    Mono<Read> read(ServerWebExchange exchange, Caller caller, QueueFilter filter) {
        Map<String, String> query = filter.query(caller, properties.zone(), clock.instant());
        String older = exchange.getRequest().getQueryParams().getFirst("older");
        Map<String, String> page = new LinkedHashMap<>(query);
        page.putIfAbsent("limit", DEFAULT_ROWS);
        if (older != null) {
            page.put("cursor", older);
        }
        return standing()
                .flatMap(standing -> Mono.zip(
                                operations
                                        .get(exchange, ORDERS, page)
                                        .map(list -> new Read(HttpStatusCode.valueOf(200), Map.of("list", list)))
                                        .onErrorResume(ErrorResponseException.class, QueuePages::refused),
                                partners(exchange, caller),
                                views.of(caller))
                        .map(parts -> {
                            Map<String, Object> model =
                                    new HashMap<>(parts.getT1().model());
                            model.put("partners", parts.getT2());
                            model.put("views", parts.getT3());
                            model.put("waiting", standing.waiting());
                            model.put("place", standing.place());
                            model.put("further", older != null);
                            model.putAll(links(filter, query, (Facts) Objects.requireNonNull(model.get("list"))));
                            return new Read(parts.getT1().status(), model);
                        }));
    }

    /** How many wait for a decision. */
    Mono<Long> waiting() {
        return standing().map(Standing::waiting);
    }

    private static Mono<Read> refused(ErrorResponseException refusal) {
        ProblemDetail problem = refusal.getBody();
        return refusal.getStatusCode().value() == 400
                ? Mono.just(new Read(refusal.getStatusCode(), Map.of("list", Facts.NONE, "problem", problem)))
                : Mono.error(refusal);
    }

    private static Map<String, Object> links(QueueFilter filter, Map<String, String> query, Facts list) {
        Map<String, Object> links = new HashMap<>();
        Map<String, String> export = new LinkedHashMap<>(query);
        export.remove("limit");
        links.put("export", ORDERS + "/export.csv" + OwnOperations.search(export));
        links.put("filter", Facts.of(filter.words()));
        links.put("plain", filter.isPlainQueue());
        links.put("atOnce", filter.isOldestFirst());
        links.put("ranges", List.copyOf(QueueFilter.RANGES.keySet()));
        links.put("search", OwnOperations.search(filter.words()));
        String cursor = list.text("next_cursor");
        if (cursor != null) {
            Map<String, String> next = filter.fixed(query);
            next.put("older", cursor);
            links.put("older", "/payments" + OwnOperations.search(next));
        }
        return links;
    }

    private Mono<List<Facts>> partners(ServerWebExchange exchange, Caller caller) {
        return doors.of(caller).to("GET " + PARTNERS)
                ? operations.get(exchange, PARTNERS, Map.of("limit", "200")).map(found -> found.list("partners"))
                : Mono.just(List.of());
    }

    private Mono<Standing> standing() {
        return database.sql("""
            select (select coalesce(max(seq), 0) from ops_feed) place,
                   (select count(*) from (select 1 from payment_order
                        where status = 'processing' and sub_status = 'queued' limit 1000) queued) waiting
            """)
                .map(row -> new Standing(
                        Objects.requireNonNull(row.get("place", Long.class)),
                        Objects.requireNonNull(row.get("waiting", Long.class))))
                .one();
    }
}

package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.page.desk.DeskDoors.May;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads what the page of one order shows. */
@Component
final class OrderPages {

    private static final String CARDS = "/v1/payments/admin/cards";
    private static final String EARLIER = "6";

    private final OwnOperations operations;
    private final DeskDoors doors;
    private final DatabaseClient database;

    OrderPages(OwnOperations operations, DeskDoors doors, DatabaseClient database) {
        this.operations = operations;
        this.doors = doors;
        this.database = database;
    }

    /** The order, its life, its card's load, what its payer did before, and for a decision what it needs. */
    Mono<Map<String, Object>> read(ServerWebExchange exchange, Caller caller, UUID uid) {
        May may = doors.of(caller);
        return place().flatMap(place -> operations
                .get(exchange, QueuePages.ORDERS + "/" + uid)
                .flatMap(found -> {
                    Facts order = found.object("order");
                    return Mono.zip(
                                    card(exchange, order),
                                    payoutCards(exchange, order),
                                    earlier(exchange, order),
                                    decision(exchange, may, order))
                            .map(parts -> {
                                Map<String, Object> model = new HashMap<>();
                                model.put("place", place);
                                model.put("order", order);
                                model.put("timeline", found.list("timeline"));
                                model.put("choice", found.object("card_choice"));
                                model.put("bound", found.get("second_approval"));
                                model.put("card", parts.getT1());
                                model.put("payoutCards", parts.getT2());
                                model.put("earlier", parts.getT3());
                                model.put("decision", parts.getT4());
                                return model;
                            });
                }));
    }

    private Mono<Long> place() {
        return database.sql("select coalesce(max(seq), 0) from ops_feed")
                .mapValue(Long.class)
                .one();
    }

    private Mono<Facts> card(ServerWebExchange exchange, Facts order) {
        String id = order.text("card_id");
        return id == null ? Mono.just(Facts.NONE) : operations.get(exchange, CARDS + "/" + id);
    }

    /** The cards that could pay it, for a withdrawal that waits. */
    private Mono<List<Facts>> payoutCards(ServerWebExchange exchange, Facts order) {
        boolean wanted = "withdrawal".equals(order.text("type")) && "queued".equals(order.text("sub_status"));
        return !wanted
                ? Mono.just(List.of())
                : operations
                        .get(exchange, CARDS, Map.of("limit", "200"))
                        .map(found -> found.list("cards").stream()
                                .filter(card -> card.get("out") != null
                                        && "active".equals(card.text("status"))
                                        && String.valueOf(order.text("currency"))
                                                .equals(card.text("currency")))
                                .toList());
    }

    private Mono<List<Facts>> earlier(ServerWebExchange exchange, Facts order) {
        String payer = order.text("client_id");
        return payer == null
                ? Mono.just(List.of())
                : operations
                        .get(exchange, QueuePages.ORDERS, Map.of("q", payer, "limit", EARLIER))
                        .map(found -> found.list("items").stream()
                                .filter(other ->
                                        !String.valueOf(order.text("uid")).equals(other.text("uid")))
                                .toList());
    }

    /** What the first person decided, for whoever may be the second. */
    private Mono<Facts> decision(ServerWebExchange exchange, May may, Facts order) {
        boolean waits = order.text("uid") != null
                && ("approved".equals(order.text("status"))
                        || "awaiting_second_approval".equals(order.text("sub_status")));
        return !waits || !may.to("GET " + SecondPageController.WAITING)
                ? Mono.just(Facts.NONE)
                : operations
                        .get(exchange, SecondPageController.WAITING)
                        .map(found -> found.list("items").stream()
                                .filter(item ->
                                        String.valueOf(order.text("uid")).equals(item.text("order_uid")))
                                .findFirst()
                                .orElse(Facts.NONE));
    }
}

package io.darvoza.bankingdocs.page;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.OwnOperations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads what the employees' queue shows. */
@Component
final class QueuePages {

    static final String DOCUMENTS = "/v1/abs/documents";

    private final OwnOperations operations;
    private final Standing standing;

    QueuePages(OwnOperations operations, Standing standing) {
        this.operations = operations;
        this.standing = standing;
    }

    /** The model of the page, and its status: a filter that makes no sense shows the form again, and no documents. */
    record Read(HttpStatusCode status, Map<String, Object> model) {}

    private record Found(HttpStatusCode status, Facts list, Map<String, Object> problem) {}

    Mono<Read> read(ServerWebExchange exchange, QueueFilter filter) {
        String older = exchange.getRequest().getQueryParams().getFirst("older");
        Map<String, String> query = filter.query();
        if (older != null) {
            query.put("cursor", older);
        }
        return standing.now()
                .flatMap(now -> Mono.zip(found(exchange, query), categories(exchange))
                        .map(parts -> {
                            Found found = parts.getT1();
                            Map<String, Object> model = new HashMap<>(found.problem());
                            model.put("list", found.list());
                            model.put("categories", parts.getT2());
                            model.put("waiting", now.waiting());
                            model.put("place", now.place());
                            model.put("further", older != null);
                            model.putAll(links(filter, found.list()));
                            return new Read(found.status(), model);
                        }));
    }

    /** The number of the document that has waited longest, but for one that was just looked at; empty when nothing waits. */
    Mono<String> next(ServerWebExchange exchange, String but) {
        return operations
                .get(exchange, DOCUMENTS, Map.of("status", "pending", "order", "oldest", "limit", "2"))
                .flatMapIterable(found -> found.list("results"))
                .map(document -> String.valueOf(document.text("id")))
                .filter(id -> !id.equals(but))
                .next();
    }

    Mono<List<Facts>> categories(ServerWebExchange exchange) {
        return operations
                .get(exchange, "/v1/dbo/dictionaries/categories")
                .map(dictionary -> dictionary.list("entries"));
    }

    private Mono<Found> found(ServerWebExchange exchange, Map<String, String> query) {
        return operations
                .get(exchange, DOCUMENTS, query)
                .map(list -> new Found(HttpStatus.OK, list, Map.of()))
                .onErrorResume(ErrorResponseException.class, QueuePages::refused);
    }

    private static Mono<Found> refused(ErrorResponseException refusal) {
        return refusal.getStatusCode().value() == 400
                ? Mono.just(new Found(refusal.getStatusCode(), Facts.NONE, Map.of("problem", refusal.getBody())))
                : Mono.error(refusal);
    }

    private static Map<String, Object> links(QueueFilter filter, Facts list) {
        Map<String, Object> links = new HashMap<>();
        links.put("filter", Facts.of(filter.words()));
        links.put("plain", filter.isPlainQueue());
        links.put("atOnce", filter.isOldestFirst());
        String search = OwnOperations.search(filter.words());
        links.put("search", search);
        links.put("first", Tab.QUEUE.getPath() + search);
        String cursor = list.text("next_cursor");
        if (cursor != null) {
            Map<String, String> next = new LinkedHashMap<>(filter.words());
            next.put("older", cursor);
            links.put("older", Tab.QUEUE.getPath() + OwnOperations.search(next));
        }
        return links;
    }
}

package io.darvoza.bankingdocs.page;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.Caller;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads what the pages of contracts show. */
@Component
final class ContractPages {

    static final String CONTRACTS = "/v1/sm/contracts";

    private static final List<String> CRITERIA = List.of("status", "user_id");
    private static final String GRANTS = CONTRACTS + "/{id}/grants";

    private final OwnOperations operations;
    private final PageFrame frame;

    ContractPages(OwnOperations operations, PageFrame frame) {
        this.operations = operations;
        this.frame = frame;
    }

    Mono<Map<String, Object>> list(ServerWebExchange exchange, Map<String, String> filter, boolean paged) {
        Map<String, String> query = new LinkedHashMap<>(filter);
        String older = exchange.getRequest().getQueryParams().getFirst("older");
        boolean further = paged && older != null;
        if (further) {
            query.put("cursor", older);
        }
        return operations.get(exchange, CONTRACTS, query).map(found -> {
            Map<String, Object> model = new HashMap<>();
            model.put("items", found.list("contracts"));
            model.put("filter", Facts.of(filter));
            model.put("further", further);
            model.put("first", Tab.CONTRACTS.getPath() + OwnOperations.search(filter));
            next(found, filter, Tab.CONTRACTS.getPath(), model);
            return model;
        });
    }

    /** The criteria of an address. */
    static Map<String, String> filter(MultiValueMap<String, String> address) {
        Map<String, String> filter = new LinkedHashMap<>();
        CRITERIA.forEach(name -> {
            String word = address.getFirst(name);
            if (word != null && !word.isBlank()) {
                filter.put(name, word.strip());
            }
        });
        return filter;
    }

    /** A contract with its documents, revoked links too where somebody may make them anew, and its grants. */
    Mono<Map<String, Object>> one(ServerWebExchange exchange, Caller caller, long id) {
        String path = CONTRACTS + "/" + id;
        String older = exchange.getRequest().getQueryParams().getFirst("older");
        return operations
                .get(exchange, path)
                .flatMap(contract -> Mono.zip(
                                operations.get(
                                        exchange,
                                        path + "/documents",
                                        older == null ? Map.of() : Map.of("cursor", older)),
                                grants(exchange, caller, path))
                        .map(parts -> {
                            Map<String, Object> model = new HashMap<>();
                            model.put("contract", contract);
                            model.put("documents", parts.getT1().list("documents"));
                            model.put("grants", parts.getT2());
                            model.put("further", older != null);
                            String here = Tab.CONTRACTS.getPath() + "/" + id;
                            model.put("first", here);
                            next(parts.getT1(), Map.of(), here, model);
                            return model;
                        }));
    }

    private Mono<List<Facts>> grants(ServerWebExchange exchange, Caller caller, String path) {
        return frame.may(caller).to("GET " + GRANTS)
                ? operations.get(exchange, path + "/grants").map(found -> found.list("grants"))
                : Mono.just(List.of());
    }

    private static void next(Facts found, Map<String, String> filter, String path, Map<String, Object> model) {
        String cursor = found.text("next_cursor");
        if (cursor != null) {
            Map<String, String> next = new LinkedHashMap<>(filter);
            next.put("older", cursor);
            model.put("older", path + OwnOperations.search(next));
        }
    }
}

package io.darvoza.bankingdocs.page;

import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Documents of all clients as a page: the queue of those that wait, and whatever a filter asks for. */
@Controller
@Hidden
class QueuePageController {

    private static final String VIEW = "queue";

    private final QueuePages pages;
    private final Standing standing;
    private final PageFrame frame;
    private final OwnOperations operations;

    QueuePageController(QueuePages pages, Standing standing, PageFrame frame, OwnOperations operations) {
        this.pages = pages;
        this.standing = standing;
        this.frame = frame;
        this.operations = operations;
    }

    @GetMapping("/documents/queue")
    @AllowedTo({"abs_worker", "bank_admin", "auditor"})
    Mono<Rendering> queue(ServerWebExchange exchange, Caller caller) {
        return Mono.fromSupplier(() -> QueueFilter.of(exchange.getRequest().getQueryParams()))
                .flatMap(filter -> pages.read(exchange, filter))
                .map(read -> frame.page(exchange, caller, Tab.QUEUE, VIEW, read.status(), read.model()));
    }

    /** One line of the list, for the live region, and beside it as an event of htmx how many wait now. */
    @GetMapping("/documents/queue/rows/{id}")
    @AllowedTo({"abs_worker", "bank_admin", "auditor"})
    Mono<Rendering> row(@PathVariable long id, ServerWebExchange exchange, Caller caller) {
        return operations
                .get(exchange, QueuePages.DOCUMENTS + "/" + id)
                .delayUntil(_ -> standing.now()
                        .doOnNext(now -> exchange.getResponse()
                                .getHeaders()
                                .set("HX-Trigger", "{\"darvoza:waiting\":{\"count\":%d}}".formatted(now.waiting()))))
                .map(document -> frame.page(
                        exchange,
                        caller,
                        Tab.QUEUE,
                        VIEW + " :: row(row=${row})",
                        HttpStatus.OK,
                        Map.of("row", document)));
    }

    /** Leads to the document that has waited longest, but for the one that the person comes from. */
    @GetMapping("/documents/queue/next")
    @AllowedTo({"abs_worker", "bank_admin"})
    Mono<Rendering> next(@RequestParam(defaultValue = "0") long after, ServerWebExchange exchange) {
        return pages.next(exchange, Long.toString(after))
                .map(id -> PageFrame.seeOther("/documents/" + id))
                .defaultIfEmpty(PageFrame.seeOther(Tab.QUEUE.getPath() + "?done=none"));
    }
}

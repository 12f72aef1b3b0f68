package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.Form;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The orders as a page: the queue with its filters, bulk commands and saved views. All of it works without JavaScript. */
@Controller
@Hidden
class QueuePageController {

    private static final String VIEW = "desk";
    private static final String PAGE = "/payments";

    private final QueuePages pages;
    private final DeskFrame frame;
    private final OwnOperations operations;
    private final SavedViews views;
    private final Colleagues colleagues;

    QueuePageController(
            QueuePages pages, DeskFrame frame, OwnOperations operations, SavedViews views, Colleagues colleagues) {
        this.pages = pages;
        this.frame = frame;
        this.operations = operations;
        this.views = views;
        this.colleagues = colleagues;
    }

    @GetMapping(PAGE)
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
    Mono<Rendering> queue(ServerWebExchange exchange, Caller caller) {
        return show(exchange, caller, Map.of());
    }

    /** One line of the list, for the live region, and beside it as an event of htmx how many wait now. */
    @GetMapping(PAGE + "/rows/{uid}")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
    Mono<Rendering> row(@PathVariable UUID uid, ServerWebExchange exchange, Caller caller) {
        return operations
                .get(exchange, QueuePages.ORDERS + "/" + uid)
                .delayUntil(_ -> pages.waiting()
                        .doOnNext(count -> exchange.getResponse()
                                .getHeaders()
                                .set("HX-Trigger", "{\"darvoza:waiting\":{\"count\":%d}}".formatted(count))))
                .flatMap(found -> frame.page(
                        exchange,
                        caller,
                        Tab.QUEUE,
                        VIEW + " :: row(row=${row})",
                        Map.of("row", found.object("order"))));
    }

    /** «Next» takes the oldest order that nobody has; everything else is one command for the marked orders. */
    @PostMapping(PAGE)
    @AllowedTo({"payments_operator", "payments_supervisor"})
    Mono<Rendering> command(ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData()
                .flatMap(form -> "next".equals(form.getFirst("command"))
                        ? next(exchange)
                        : bulk(exchange, form, caller).flatMap(model -> show(exchange, caller, model)));
    }

    private Mono<Rendering> next(ServerWebExchange exchange) {
        return operations
                .send(exchange, HttpMethod.POST, QueuePages.ORDERS + "/next", null, Map.of())
                .map(order ->
                        order.text("uid") == null ? PAGE + "?done=none" : OrderPageController.page(order.text("uid")))
                .map(QueuePageController::seeOther);
    }

    /** Each line says what became of it. */
    private Mono<Map<String, Object>> bulk(
            ServerWebExchange exchange, MultiValueMap<String, String> form, Caller caller) {
        Map<String, Object> command = Form.json(form, "uid", "command", Colleagues.FIELD);
        command.put("action", Objects.requireNonNullElse(form.getFirst("command"), ""));
        command.put("uids", Objects.requireNonNullElse(form.get("uid"), List.of()));
        return colleagues
                .named(command, form, caller)
                .flatMap(body -> operations.send(exchange, HttpMethod.POST, QueuePages.ORDERS + "/bulk", null, body))
                .map(done -> Map.<String, Object>of("results", done.list("items")))
                .onErrorResume(
                        ErrorResponseException.class,
                        refusal -> Mono.just(
                                Map.of("problem", refusal.getBody(), "typed", Facts.of(form.toSingleValueMap()))));
    }

    @PostMapping(PAGE + "/views")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
    Mono<Rendering> keepView(ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData().flatMap(form -> {
            String query = Objects.requireNonNullElse(form.getFirst("query"), "");
            return views.keep(
                            caller,
                            Objects.requireNonNullElse(form.getFirst("name"), ""),
                            query,
                            form.getFirst("shared") != null)
                    .thenReturn(seeOther(PAGE + query));
        });
    }

    @PostMapping(PAGE + "/views/{id}/drop")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
    Mono<Rendering> dropView(@PathVariable UUID id, Caller caller) {
        return views.drop(caller, id).thenReturn(seeOther(PAGE));
    }

    private Mono<Rendering> show(ServerWebExchange exchange, Caller caller, Map<String, Object> more) {
        return pages.read(exchange, caller, QueueFilter.of(exchange.getRequest().getQueryParams()))
                .flatMap(read -> {
                    Map<String, Object> model = new HashMap<>(read.model());
                    model.putAll(more);
                    HttpStatus status = more.containsKey("problem") ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK;
                    return frame.page(
                            exchange, caller, Tab.QUEUE, VIEW, read.status().isError() ? read.status() : status, model);
                });
    }

    static Rendering seeOther(String address) {
        return Rendering.redirectTo(address).status(HttpStatus.SEE_OTHER).build();
    }
}

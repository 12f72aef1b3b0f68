package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.Form;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * One order as a page, with everything that may be done about it. A form names the command; its other fields are the command's
 * own, so what is allowed and what is right is the operation's to say. A refusal keeps what was typed and shows the order as it
 * is by then, with what others have done meanwhile.
 */
@Controller
@Hidden
class OrderPageController {

    private static final String VIEW = "desk-order";
    private static final String REVEAL = "reveal-pan";

    private final OrderPages pages;
    private final DeskFrame frame;
    private final OwnOperations operations;
    private final Colleagues colleagues;

    OrderPageController(OrderPages pages, DeskFrame frame, OwnOperations operations, Colleagues colleagues) {
        this.pages = pages;
        this.frame = frame;
        this.operations = operations;
        this.colleagues = colleagues;
    }

    static String page(@Nullable String uid) {
        return "/payments/orders/" + uid;
    }

    @GetMapping("/payments/orders/{uid}")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
    Mono<Rendering> order(@PathVariable UUID uid, ServerWebExchange exchange, Caller caller) {
        return show(uid, exchange, caller, HttpStatus.OK, Map.of());
    }

    @PostMapping("/payments/orders/{uid}")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin"})
    Mono<Rendering> command(@PathVariable UUID uid, ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData().flatMap(form -> {
            String command = word(form.getFirst("command"));
            return colleagues
                    .named(Form.json(form, "command", "decision", "version", "seen", Colleagues.FIELD), form, caller)
                    .flatMap(body -> send(uid, command, form, body, exchange))
                    .flatMap(done -> command.equals(REVEAL)
                            ? show(uid, exchange, caller, HttpStatus.OK, Map.of("revealed", done))
                            : Mono.just(QueuePageController.seeOther(after(uid, command, done))))
                    .onErrorResume(
                            ErrorResponseException.class,
                            refusal -> show(
                                    uid,
                                    exchange,
                                    caller,
                                    refusal.getStatusCode(),
                                    Map.of("problem", refusal.getBody(), "typed", Facts.of(form.toSingleValueMap()))));
        });
    }

    /** The second person's refusal is about the decision that waits, all else about the order. */
    private Mono<Facts> send(
            UUID uid,
            String command,
            MultiValueMap<String, String> form,
            Map<String, Object> body,
            ServerWebExchange exchange) {
        String path = command.equals("refuse")
                ? SecondPageController.WAITING + "/" + word(form.getFirst("decision")) + "/refuse"
                : QueuePages.ORDERS + "/" + uid + "/" + command;
        String version = form.getFirst("version");
        return operations.send(
                exchange, HttpMethod.POST, path, version == null || version.isBlank() ? null : version, body);
    }

    /** A late payment opens a new order. */
    private static String after(UUID uid, String command, Facts done) {
        String where = command.equals("late") ? Objects.requireNonNull(done.text("uid")) : uid.toString();
        return page(where) + "?done=" + command;
    }

    /** What stands in a path holds letters, digits and hyphens only. */
    static String word(@Nullable String text) {
        return text != null && text.matches("[a-z0-9-]{1,40}") ? text : "-";
    }

    private Mono<Rendering> show(
            UUID uid, ServerWebExchange exchange, Caller caller, HttpStatusCode status, Map<String, ?> more) {
        exchange.getResponse().getHeaders().setCacheControl(CacheControl.noStore());
        return pages.read(exchange, caller, uid).flatMap(model -> {
            Map<String, Object> whole = new HashMap<>(model);
            whole.putAll(more);
            return frame.page(exchange, caller, Tab.QUEUE, VIEW, status, whole);
        });
    }
}

package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What waits for a second person: approvals, reversals, money that partners paid in or are paid out. */
@Controller
@Hidden
@AllowedTo({"payments_supervisor", "payments_admin"})
class SecondPageController {

    static final String WAITING = "/v1/payments/ops/second-approvals";

    private static final String PAGE = "/payments/second";

    private final DeskFrame frame;
    private final OwnOperations operations;

    SecondPageController(DeskFrame frame, OwnOperations operations) {
        this.frame = frame;
        this.operations = operations;
    }

    @GetMapping(PAGE)
    Mono<Rendering> waiting(ServerWebExchange exchange, Caller caller) {
        return show(exchange, caller, HttpStatus.OK, Map.of());
    }

    @PostMapping(PAGE)
    Mono<Rendering> decide(ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData().flatMap(form -> {
            String command = "approve".equals(form.getFirst("command")) ? "approve" : "refuse";
            String decision = OrderPageController.word(form.getFirst("decision"));
            return operations
                    .send(exchange, HttpMethod.POST, WAITING + "/" + decision + "/" + command, null, Map.of())
                    .thenReturn(QueuePageController.seeOther(PAGE + "?done=" + command))
                    .onErrorResume(
                            ErrorResponseException.class,
                            refusal -> show(
                                    exchange, caller, refusal.getStatusCode(), Map.of("problem", refusal.getBody())));
        });
    }

    private Mono<Rendering> show(
            ServerWebExchange exchange, Caller caller, HttpStatusCode status, Map<String, ?> more) {
        return operations.get(exchange, WAITING).flatMap(found -> {
            Map<String, Object> model = new HashMap<>(more);
            model.put("items", found.list("items"));
            return frame.page(exchange, caller, Tab.SECOND, "desk-second", status, model);
        });
    }
}

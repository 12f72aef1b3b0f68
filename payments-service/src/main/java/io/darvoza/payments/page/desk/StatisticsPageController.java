package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How the desk is doing, as figures, charts and the same figures as tables. */
@Controller
@Hidden
class StatisticsPageController {

    private final DeskFrame frame;
    private final OwnOperations operations;
    private final Figures figures;

    StatisticsPageController(DeskFrame frame, OwnOperations operations, Figures figures) {
        this.frame = frame;
        this.operations = operations;
        this.figures = figures;
    }

    @GetMapping("/payments/statistics")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
    Mono<Rendering> statistics(ServerWebExchange exchange, Caller caller) {
        return Mono.zip(operations.get(exchange, "/v1/payments/ops/stats"), figures.read())
                .flatMap(found -> {
                    Map<String, Object> model = new HashMap<>(found.getT2());
                    model.put("stats", found.getT1());
                    model.put("hours", Bars.ofHours(found.getT1()));
                    return frame.page(exchange, caller, Tab.STATISTICS, "desk-statistics", model);
                });
    }
}

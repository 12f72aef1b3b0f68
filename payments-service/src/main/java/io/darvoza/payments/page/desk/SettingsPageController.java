package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Form;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.page.desk.AdministrationPages.Submission;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Currencies, compliance cases, the audit log and browsers' sessions as pages. */
@Controller
@Hidden
class SettingsPageController {

    private static final String CURRENCIES = "/payments/currencies";
    private static final String CASES = "/payments/cases";

    private final AdministrationPages pages;
    private final OwnOperations operations;

    SettingsPageController(AdministrationPages pages, OwnOperations operations) {
        this.pages = pages;
        this.operations = operations;
    }

    @GetMapping(CURRENCIES)
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "auditor"})
    Mono<Rendering> currencies(ServerWebExchange exchange, Caller caller) {
        return pages.show(exchange, caller, Tab.CURRENCIES, "desk-currencies", currencies(exchange));
    }

    @PostMapping(CURRENCIES)
    @AllowedTo("payments_admin")
    Mono<Rendering> changeCurrency(ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData().flatMap(form -> {
            String code = OrderPageController.word(
                    String.valueOf(form.getFirst("code")).toLowerCase(Locale.ROOT));
            return pages.submit(
                    new Submission(
                            exchange,
                            caller,
                            Tab.CURRENCIES,
                            "desk-currencies",
                            form,
                            Mono.defer(() -> currencies(exchange)),
                            operations.send(
                                    exchange,
                                    HttpMethod.PUT,
                                    AdministrationPages.ADMIN + "/currencies/" + code.toUpperCase(Locale.ROOT),
                                    form.getFirst("version"),
                                    Form.json(form, "code", "version"))),
                    _ -> CURRENCIES + "?done=currency",
                    Set.of());
        });
    }

    @GetMapping(CASES)
    @AllowedTo({"payments_compliance", "payments_admin", "auditor"})
    Mono<Rendering> cases(ServerWebExchange exchange, Caller caller) {
        return pages.show(exchange, caller, Tab.CASES, "desk-cases", cases(exchange));
    }

    @PostMapping(CASES)
    @AllowedTo("payments_compliance")
    Mono<Rendering> closeCase(ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData()
                .flatMap(form -> pages.submit(
                        new Submission(
                                exchange,
                                caller,
                                Tab.CASES,
                                "desk-cases",
                                form,
                                Mono.defer(() -> cases(exchange)),
                                operations.send(
                                        exchange,
                                        HttpMethod.POST,
                                        AdministrationPages.ADMIN + "/cases/"
                                                + OrderPageController.word(form.getFirst("id")) + "/close",
                                        null,
                                        Form.json(form, "id"))),
                        _ -> CASES + "?done=case",
                        Set.of()));
    }

    @GetMapping("/payments/audit")
    @AllowedTo({"payments_admin", "payments_compliance", "auditor"})
    Mono<Rendering> audit(ServerWebExchange exchange, Caller caller) {
        return pages.show(
                exchange,
                caller,
                Tab.AUDIT,
                "desk-audit",
                pages.list(exchange, Tab.AUDIT, "/audit", "entries", "actor", "object_kind", "object_id"));
    }

    /** The gateway tells the list to the browser alone. */
    @GetMapping("/payments/sessions")
    @AllowedTo("payments_admin")
    Mono<Rendering> sessions(ServerWebExchange exchange, Caller caller) {
        return pages.show(exchange, caller, Tab.SESSIONS, "desk-sessions", Mono.just(Map.of()));
    }

    private Mono<Map<String, Object>> currencies(ServerWebExchange exchange) {
        return pages.list(exchange, Tab.CURRENCIES, "/currencies", "currencies");
    }

    private Mono<Map<String, Object>> cases(ServerWebExchange exchange) {
        return pages.list(exchange, Tab.CASES, "/cases", "cases");
    }
}

package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.Form;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.page.desk.AdministrationPages.Submission;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Partners as pages: their terms, their balance, what their payers may move. */
@Controller
@Hidden
class PartnersPageController {

    private static final String PAGE = "/payments/partners";
    private static final String PARTNERS = "/partners";

    private final AdministrationPages pages;
    private final OwnOperations operations;
    private final Ledger ledger;

    PartnersPageController(AdministrationPages pages, OwnOperations operations, Ledger ledger) {
        this.pages = pages;
        this.operations = operations;
        this.ledger = ledger;
    }

    @GetMapping(PAGE)
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "auditor"})
    Mono<Rendering> partners(ServerWebExchange exchange, Caller caller) {
        return pages.show(exchange, caller, Tab.PARTNERS, "desk-partners", list(exchange));
    }

    /** The answer tells the secret of the first key, once. */
    @PostMapping(PAGE)
    @AllowedTo("payments_admin")
    Mono<Rendering> register(ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData().flatMap(form -> {
            Map<String, Object> terms = Form.json(form, "command");
            Map<String, Object> partner = new HashMap<>();
            partner.put("client_id", terms.remove("client_id"));
            partner.put("currency", terms.remove("currency"));
            partner.put("terms", terms);
            return pages.tell(
                    new Submission(
                            exchange,
                            caller,
                            Tab.PARTNERS,
                            "desk-partners",
                            form,
                            Mono.defer(() -> list(exchange)),
                            send(exchange, HttpMethod.POST, PARTNERS, partner)),
                    "registered",
                    Set.of());
        });
    }

    @GetMapping(PAGE + "/{id}")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "auditor"})
    Mono<Rendering> partner(@PathVariable UUID id, ServerWebExchange exchange, Caller caller) {
        return pages.show(exchange, caller, Tab.PARTNERS, "desk-partner", read(exchange, id));
    }

    @PostMapping(PAGE + "/{id}")
    @AllowedTo("payments_admin")
    Mono<Rendering> command(@PathVariable UUID id, ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData().flatMap(form -> {
            String command = OrderPageController.word(form.getFirst("command"));
            return pages.submit(
                    new Submission(
                            exchange,
                            caller,
                            Tab.PARTNERS,
                            "desk-partner",
                            form,
                            Mono.defer(() -> read(exchange, id)),
                            effect(id, command, form, exchange)),
                    _ -> PAGE + "/" + id + "?done=partner-" + command,
                    Set.of());
        });
    }

    private Mono<Facts> effect(
            UUID id, String command, MultiValueMap<String, String> form, ServerWebExchange exchange) {
        String partner = PARTNERS + "/" + id;
        return switch (command) {
            case "change" ->
                operations.send(
                        exchange,
                        HttpMethod.PUT,
                        AdministrationPages.ADMIN + partner,
                        form.getFirst("version"),
                        Form.json(form, "command", "version"));
            case "limits" -> send(exchange, HttpMethod.PUT, partner + "/limits", Map.of("limits", limits(form)));
            default -> send(exchange, HttpMethod.POST, partner + "/" + command, Form.json(form, "command"));
        };
    }

    private Mono<Map<String, Object>> list(ServerWebExchange exchange) {
        return pages.list(exchange, Tab.PARTNERS, PARTNERS, "partners");
    }

    private Mono<Map<String, Object>> read(ServerWebExchange exchange, UUID id) {
        String path = AdministrationPages.ADMIN + PARTNERS + "/" + id;
        return operations.get(exchange, path).flatMap(partner -> {
            Currency currency = Currency.valueOf(String.valueOf(partner.text("currency")));
            return Mono.zip(operations.get(exchange, path + "/limits"), ledger.balanceOf(id, currency))
                    .map(found -> Map.of(
                            "partner",
                            partner,
                            "limits",
                            byKind(found.getT1().list("limits")),
                            "available",
                            Amount.format(found.getT2().available(), currency),
                            "held",
                            Amount.format(found.getT2().held(), currency)));
        });
    }

    /** Bounds by whom they hold for, such as {@code pan-true}. */
    private static Facts byKind(List<Facts> limits) {
        Map<String, Object> byKind = new HashMap<>();
        limits.forEach(limit -> byKind.put(limit.get("payer_key") + "-" + limit.get("identified"), limit));
        return Facts.of(byKind);
    }

    /** A kind of payer without any bound has no entry. */
    private static List<Map<String, Object>> limits(MultiValueMap<String, String> form) {
        List<Map<String, Object>> limits = new ArrayList<>();
        Map<String, Object> typed = Form.json(form, "command");
        typed.forEach((kind, bounds) -> {
            if (bounds instanceof Map<?, ?> amounts) {
                Map<String, Object> limit = new HashMap<>();
                amounts.forEach((name, amount) -> limit.put(name.toString(), amount));
                limit.put("payer_key", kind.substring(0, kind.indexOf('-')));
                limit.put("identified", kind.endsWith("-true"));
                limits.add(limit);
            }
        });
        return limits;
    }

    private Mono<Facts> send(ServerWebExchange exchange, HttpMethod method, String path, Map<String, ?> body) {
        return operations.send(exchange, method, AdministrationPages.ADMIN + path, null, body);
    }
}

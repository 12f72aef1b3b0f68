package io.darvoza.bankingdocs.page;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.Form;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Contracts as pages: the list with its form, and one contract with its documents and grants. A form names the command; its
 * other fields are the command's own.
 */
@Controller
@Hidden
class ContractPageController {

    private final ContractPages pages;
    private final PageFrame frame;
    private final OwnOperations operations;

    ContractPageController(ContractPages pages, PageFrame frame, OwnOperations operations) {
        this.pages = pages;
        this.frame = frame;
        this.operations = operations;
    }

    @GetMapping("/documents/contracts")
    @AllowedTo({"bank_client", "sm_manager", "bank_admin", "auditor"})
    Mono<Rendering> list(ServerWebExchange exchange, Caller caller) {
        Map<String, String> filter = ContractPages.filter(exchange.getRequest().getQueryParams());
        return pages.list(exchange, filter, true)
                .map(model -> page(exchange, caller, "contracts", HttpStatus.OK, model, Map.of()))
                .onErrorResume(
                        ErrorResponseException.class,
                        refusal -> refusal.getStatusCode().value() != 400 || filter.isEmpty()
                                ? Mono.error(refusal)
                                : unfiltered(exchange, caller, refusal, filter));
    }

    /** A filter that makes no sense stays in its form. */
    private Mono<Rendering> unfiltered(
            ServerWebExchange exchange, Caller caller, ErrorResponseException refusal, Map<String, String> filter) {
        return pages.list(exchange, Map.of(), false)
                .map(model -> page(
                        exchange,
                        caller,
                        "contracts",
                        refusal.getStatusCode(),
                        model,
                        Map.of("problem", refusal.getBody(), "filter", Facts.of(filter))));
    }

    @PostMapping("/documents/contracts")
    @AllowedTo({"sm_manager", "bank_admin"})
    Mono<Rendering> create(ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData()
                .flatMap(form -> operations
                        .send(exchange, HttpMethod.POST, ContractPages.CONTRACTS, null, Form.json(form, "command"))
                        .map(contract ->
                                PageFrame.seeOther(here(String.valueOf(contract.get("contract_id"))) + "?done=created"))
                        .onErrorResume(
                                ErrorResponseException.class,
                                refusal -> pages.list(exchange, Map.of(), false)
                                        .map(model -> page(
                                                exchange,
                                                caller,
                                                "contracts",
                                                refusal.getStatusCode(),
                                                model,
                                                Map.of(
                                                        "problem",
                                                        refusal.getBody(),
                                                        "typed",
                                                        Facts.of(form.toSingleValueMap()))))));
    }

    @GetMapping("/documents/contracts/{id}")
    @AllowedTo({"bank_client", "sm_manager", "bank_admin", "auditor"})
    Mono<Rendering> contract(@PathVariable long id, ServerWebExchange exchange, Caller caller) {
        return show(id, exchange, caller, HttpStatus.OK, Map.of());
    }

    @PostMapping("/documents/contracts/{id}")
    @AllowedTo({"bank_client", "sm_manager", "bank_admin"})
    Mono<Rendering> command(@PathVariable long id, ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData()
                .flatMap(form -> ContractCommand.of(form)
                        .send(operations, exchange, id)
                        .map(done -> PageFrame.seeOther(here(Long.toString(id)) + "?done=" + done))
                        .onErrorResume(
                                ErrorResponseException.class,
                                refusal -> show(
                                        id,
                                        exchange,
                                        caller,
                                        refusal.getStatusCode(),
                                        Map.of(
                                                "problem",
                                                refusal.getBody(),
                                                "typed",
                                                Facts.of(form.toSingleValueMap())))));
    }

    private Mono<Rendering> show(
            long id, ServerWebExchange exchange, Caller caller, HttpStatusCode status, Map<String, ?> more) {
        return pages.one(exchange, caller, id).map(model -> page(exchange, caller, "contract", status, model, more));
    }

    private Rendering page(
            ServerWebExchange exchange,
            Caller caller,
            String view,
            HttpStatusCode status,
            Map<String, Object> model,
            Map<String, ?> more) {
        Map<String, Object> whole = new HashMap<>(model);
        whole.putAll(more);
        return frame.page(exchange, caller, Tab.CONTRACTS, view, status, whole);
    }

    private static String here(String id) {
        return Tab.CONTRACTS.getPath() + "/" + id;
    }
}

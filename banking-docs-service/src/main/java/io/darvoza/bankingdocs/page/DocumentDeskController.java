package io.darvoza.bankingdocs.page;

import io.darvoza.bankingdocs.upload.UploadProperties;
import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.Form;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
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
 * One document as a page, for its owner and for employees: its facts, its history, its versions, and everything that the person
 * may do about it. What is allowed and what is right is the operations' to say. A refusal keeps what was typed and shows the
 * document as it is by then.
 */
@Controller
@Hidden
class DocumentDeskController {

    private static final String VIEW = "document";
    private static final List<String> DECISIONS = List.of("approved", "rejected", "processed", "archived");

    private final OwnOperations operations;
    private final Standing standing;
    private final PageFrame frame;
    private final UploadProperties uploads;

    DocumentDeskController(OwnOperations operations, Standing standing, PageFrame frame, UploadProperties uploads) {
        this.operations = operations;
        this.standing = standing;
        this.frame = frame;
        this.uploads = uploads;
    }

    @GetMapping("/documents/{id}")
    @AllowedTo({"bank_client", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    Mono<Rendering> document(@PathVariable long id, ServerWebExchange exchange, Caller caller) {
        return show(id, exchange, caller, HttpStatus.OK, Map.of());
    }

    @PostMapping("/documents/{id}")
    @AllowedTo({"bank_client", "abs_worker", "sm_manager", "bank_admin"})
    Mono<Rendering> command(@PathVariable long id, ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData()
                .flatMap(form -> run(id, form, exchange, caller)
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

    /** The content that takes the place of a rejected one; the form is the operation's own. */
    @PostMapping(path = "/documents/{id}/versions", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @AllowedTo("bank_client")
    Mono<Rendering> replace(@PathVariable long id, ServerWebExchange exchange, Caller caller) {
        return done(
                        operations.forward(exchange, HttpMethod.POST, "/v1/dbo/documents/" + id + "/versions"),
                        id,
                        "replaced")
                .onErrorResume(
                        ErrorResponseException.class,
                        refusal -> show(
                                id, exchange, caller, refusal.getStatusCode(), Map.of("problem", refusal.getBody())));
    }

    private Mono<Rendering> run(
            long id, MultiValueMap<String, String> form, ServerWebExchange exchange, Caller caller) {
        String command = String.valueOf(form.getFirst("command"));
        String document = QueuePages.DOCUMENTS + "/" + id;
        String version = form.getFirst("version");
        Map<String, Object> body = Form.json(form, "command", "version");
        if (DECISIONS.contains(command)) {
            body.put("status", command);
            return done(operations.send(exchange, HttpMethod.PUT, document + "/status", version, body), id, command);
        }
        return switch (command) {
            case "hold" ->
                done(operations.send(exchange, HttpMethod.PUT, document + "/hold", version, body), id, command);
            case "release" ->
                done(operations.send(exchange, HttpMethod.DELETE, document + "/hold", version, Map.of()), id, command);
            case "link" ->
                operations
                        .send(exchange, HttpMethod.POST, document + "/content-links", null, Map.of())
                        .flatMap(link -> show(id, exchange, caller, HttpStatus.OK, Map.of("link", link)));
            default -> Mono.error(CommonProblem.VALIDATION_FAILED.exception().error("/command", "unknown"));
        };
    }

    private static Mono<Rendering> done(Mono<Facts> command, long id, String word) {
        return command.thenReturn(PageFrame.seeOther("/documents/" + id + "?done=" + word));
    }

    private Mono<Rendering> show(
            long id, ServerWebExchange exchange, Caller caller, HttpStatusCode status, Map<String, ?> more) {
        return standing.now()
                .flatMap(now -> read(id, exchange).map(read -> {
                    Map<String, Object> model = new HashMap<>(read);
                    model.put("place", now.place());
                    model.put("maxBytes", uploads.maxFileSize().toBytes());
                    model.putAll(more);
                    return frame.page(exchange, caller, tab(caller), VIEW, status, model);
                }));
    }

    private Mono<Map<String, Object>> read(long id, ServerWebExchange exchange) {
        String path = QueuePages.DOCUMENTS + "/" + id;
        return operations
                .get(exchange, path)
                .flatMap(document -> Mono.zip(
                                operations.get(exchange, path + "/history"),
                                operations.get(exchange, path + "/versions"))
                        .map(parts -> Map.of(
                                "document",
                                document,
                                "history",
                                parts.getT1().list("history"),
                                "versions",
                                parts.getT2().list("versions"))));
    }

    /** The part of the area that leads to documents for this person. */
    private Tab tab(Caller caller) {
        return Tab.openTo(frame.may(caller)).stream()
                .filter(tab -> tab != Tab.CONTRACTS)
                .findFirst()
                .orElse(Tab.CONTRACTS);
    }
}

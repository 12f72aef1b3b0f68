package io.darvoza.egov.consent;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.egov.audit.AuditLog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Consents of people, recorded by administrators. */
@RestController
@Tag(name = "Administration: consents")
class ConsentController {

    private final ConsentTable table;
    private final AuditLog audit;
    private final TransactionalOperator transaction;
    private final KeysetCursors cursors;

    ConsentController(ConsentTable table, AuditLog audit, TransactionalOperator transaction, KeysetCursors cursors) {
        this.table = table;
        this.audit = audit;
        this.transaction = transaction;
        this.cursors = cursors;
    }

    /** A page of them. */
    @Schema(name = "Consents")
    record ConsentsResponse(
            List<ConsentResponse> consents, @Nullable String nextCursor) {}

    @GetMapping("/v1/egov/consents")
    @AllowedTo({"egov_admin", "auditor"})
    @Operation(operationId = "listConsents", summary = "Recorded consents, the newest first")
    Mono<ConsentsResponse> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest request = PageRequest.of(limit, cursor);
        KeysetCursor query = cursors.forQuery("egov.consents");
        List<String> position = query.read(request.cursor());
        UUID before = position.isEmpty() ? null : UUID.fromString(position.getFirst());
        return table.find(before, request.rowsToRead())
                .map(rows -> Page.of(request, rows, last -> query.after(last.id())))
                .map(page -> new ConsentsResponse(page.items(), page.nextCursor()));
    }

    @PostMapping("/v1/egov/consents")
    @AllowedTo("egov_admin")
    @Operation(
            operationId = "recordConsent",
            summary = "Record a person's consent",
            responses = @ApiResponse(responseCode = "201", description = "The consent"))
    Mono<ResponseEntity<ConsentResponse>> add(@RequestBody ConsentRequest request, Caller caller) {
        ConsentTable.Wish wish = request.toWish();
        return table.add(wish, caller.principalKey())
                .flatMap(made -> told(caller, "consent_recorded", made))
                .as(transaction::transactional)
                .map(made -> ResponseEntity.created(URI.create("/v1/egov/consents/" + made.id()))
                        .body(made));
    }

    @DeleteMapping("/v1/egov/consents/{id}")
    @AllowedTo("egov_admin")
    @Operation(operationId = "revokeConsent", summary = "Take a consent back; its record stays")
    Mono<ConsentResponse> revoke(@PathVariable UUID id, Caller caller) {
        return table.revoke(id)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(revoked -> told(caller, "consent_revoked", revoked))
                .as(transaction::transactional);
    }

    private Mono<ConsentResponse> told(Caller caller, String action, ConsentResponse consent) {
        return audit.write(
                        caller.principalKey(),
                        action,
                        "consent",
                        consent.id().toString(),
                        Map.of("scope", consent.scope()))
                .thenReturn(consent);
    }
}

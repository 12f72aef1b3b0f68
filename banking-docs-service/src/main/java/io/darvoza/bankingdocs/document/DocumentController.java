package io.darvoza.bankingdocs.document;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells the facts of one document. */
@RestController
@Tag(name = "АБС")
class DocumentController {

    private final DocumentReadModel documents;

    DocumentController(DocumentReadModel documents) {
        this.documents = documents;
    }

    @GetMapping("/v1/abs/documents/{id}")
    @AllowedTo({"bank_client", "dbo_operator", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    @Operation(
            operationId = "getDocument",
            summary = "One document",
            description = "A client sees his own; ETag is the version of its row.")
    Mono<ResponseEntity<DocumentResponse>> one(@PathVariable long id, Caller caller) {
        return documents
                .one(id)
                .transform(DocumentVisibility.facts(caller))
                .map(view -> ResponseEntity.ok()
                        .eTag("\"" + view.rowVersion() + "\"")
                        .cacheControl(CacheControl.noCache().cachePrivate())
                        .body(DocumentResponse.from(view)));
    }
}

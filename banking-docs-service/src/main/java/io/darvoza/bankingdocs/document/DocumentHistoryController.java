package io.darvoza.bankingdocs.document;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Tells what happened to a document. */
@RestController
@Tag(name = "АБС")
class DocumentHistoryController {

    private final DocumentReadModel documents;
    private final DocumentHistory history;

    DocumentHistoryController(DocumentReadModel documents, DocumentHistory history) {
        this.documents = documents;
        this.history = history;
    }

    /** All changes of a document's status, oldest first. */
    @Schema(name = "DocumentHistory")
    record HistoryResponse(long documentId, List<DocumentHistory.Change> history) {}

    @GetMapping("/v1/abs/documents/{id}/history")
    @AllowedTo({"bank_client", "dbo_operator", "abs_worker", "sm_manager", "bank_admin", "auditor"})
    @Operation(
            operationId = "getDocumentHistory",
            summary = "What happened to a document, oldest first",
            description = "A client reads that of his own.")
    Mono<HistoryResponse> read(@PathVariable long id, Caller caller) {
        return documents
                .one(id)
                .transform(DocumentVisibility.facts(caller))
                .flatMap(document -> history.of(id).collectList())
                .map(changes -> new HistoryResponse(id, changes));
    }
}

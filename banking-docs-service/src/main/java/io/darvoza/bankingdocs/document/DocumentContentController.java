package io.darvoza.bankingdocs.document;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends the content of a document to whom it concerns. */
@RestController
@Tag(name = "АБС")
class DocumentContentController {

    private final DocumentReadModel documents;
    private final DocumentVersions versions;
    private final SendContent send;

    DocumentContentController(DocumentReadModel documents, DocumentVersions versions, SendContent send) {
        this.documents = documents;
        this.versions = versions;
        this.send = send;
    }

    @GetMapping("/v1/abs/documents/{id}/content")
    @AllowedTo({"bank_client", "abs_worker", "sm_manager", "bank_admin"})
    @Operation(
            operationId = "getDocumentContent",
            summary = "The file of a document",
            description = "ETag and one Range are supported. A client reads his own.")
    @ApiResponse(
            responseCode = "200",
            description = "The whole file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "206", description = "The range", content = @Content)
    @ApiResponse(responseCode = "304", description = "Not changed", content = @Content)
    Mono<ResponseEntity<Flux<DataBuffer>>> content(
            @PathVariable long id,
            @Parameter(description = "Number of an older version; the current one without it")
                    @RequestParam(required = false)
                    @Nullable
                    Integer version,
            @Parameter(hidden = true) ServerHttpRequest request,
            Caller caller) {
        return documents
                .one(id)
                .transform(DocumentVisibility.content(caller))
                .flatMap(view -> content(view, version))
                .map(content -> send.answer(content, request.getHeaders()));
    }

    private Mono<StoredContent> content(DocumentView view, @Nullable Integer version) {
        if (version == null || version == view.version()) {
            return Mono.just(view.content());
        }
        return versions.one(view.id(), version)
                .map(DocumentVersions.Version::content)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}

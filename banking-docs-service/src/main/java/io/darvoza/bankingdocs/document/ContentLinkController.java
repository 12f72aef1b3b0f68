package io.darvoza.bankingdocs.document;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.AllowedToAnyone;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives out links to content that need no token, and opens them. */
@RestController
@Tag(name = "АБС")
class ContentLinkController {

    private static final String OPEN = "/v1/abs/content/";

    private final DocumentReadModel documents;
    private final ContentLinks links;
    private final SendContent send;

    ContentLinkController(DocumentReadModel documents, ContentLinks links, SendContent send) {
        this.documents = documents;
        this.links = links;
        this.send = send;
    }

    /** A link, told this once. */
    @Schema(name = "ContentLink")
    record LinkResponse(String link, Instant expiresAt) {}

    @PostMapping("/v1/abs/documents/{id}/content-links")
    @AllowedTo({"bank_client", "abs_worker", "sm_manager", "bank_admin"})
    @Operation(
            operationId = "createContentLink",
            summary = "A link to the current file that opens without a token for a few minutes",
            description = "For who may read the file. Making and opening are audited.")
    @ApiResponse(
            responseCode = "201",
            description = "The link",
            content = @Content(schema = @Schema(implementation = LinkResponse.class)))
    Mono<ResponseEntity<LinkResponse>> create(@PathVariable long id, Caller caller) {
        return documents
                .one(id)
                .transform(DocumentVisibility.content(caller))
                .flatMap(view -> links.create(view, caller.principalKey()))
                .map(link -> new LinkResponse(OPEN + link.token(), link.expiresAt()))
                .map(answer -> ResponseEntity.created(URI.create(answer.link()))
                        .cacheControl(CacheControl.noStore())
                        .body(answer));
    }

    @GetMapping(OPEN + "{token}")
    @AllowedToAnyone
    @Operation(
            operationId = "openContentLink",
            summary = "The file behind a link",
            security = {})
    @ApiResponse(
            responseCode = "200",
            description = "The whole file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    Mono<ResponseEntity<Flux<DataBuffer>>> open(
            @PathVariable String token, @Parameter(hidden = true) ServerHttpRequest request) {
        return links.open(token).map(content -> send.answer(content, request.getHeaders()));
    }
}

package io.darvoza.bankingdocs.document;

import io.darvoza.common.objectstore.ByteRange;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends the content of a document: always for saving, never to be run or shown as a page of ours. One range is served
 * (RFC 9110 §14); several are answered with the whole, as the RFC allows.
 */
@RestController
@Tag(name = "АБС")
class DocumentContentController {

    private final DocumentReadModel documents;
    private final ObjectStore store;

    DocumentContentController(DocumentReadModel documents, ObjectStore store) {
        this.documents = documents;
        this.store = store;
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
            @PathVariable long id, @Parameter(hidden = true) ServerHttpRequest request, Caller caller) {
        return documents
                .one(id)
                .transform(DocumentVisibility.content(caller))
                .map(view -> answer(view, request.getHeaders()));
    }

    private ResponseEntity<Flux<DataBuffer>> answer(DocumentView view, HttpHeaders request) {
        String etag = "\"%d-%s\"".formatted(view.version(), view.sha256());
        ByteRange range = range(view.size(), etag, request);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(
                        range == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT)
                .eTag(etag)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .contentType(MediaType.parseMediaType(view.contentType()))
                .contentLength(range == null ? view.size() : range.length())
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(view))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
        if (range != null) {
            answer.header(
                    HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(range.first(), range.last(), view.size()));
        }
        return answer.body(store.get(view.storageKey(), range));
    }

    /** The one range that is asked for; null for the whole. What is no range is ignored, as the RFC says. */
    private static @Nullable ByteRange range(long size, String etag, HttpHeaders request) {
        String onlyIf = request.getFirst(HttpHeaders.IF_RANGE);
        if (onlyIf != null && !onlyIf.equals(etag)) {
            return null;
        }
        List<HttpRange> ranges;
        try {
            ranges = request.getRange();
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
        if (ranges.size() != 1) {
            return null;
        }
        long first = ranges.getFirst().getRangeStart(size);
        long last = ranges.getFirst().getRangeEnd(size);
        if (first >= size || last < first) {
            throw CommonProblem.RANGE_NOT_SATISFIABLE.exception().header(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        }
        return new ByteRange(first, last);
    }

    /** A plain name for old clients, the real one for the rest (RFC 6266 and RFC 8187). */
    private static String disposition(DocumentView view) {
        int dot = view.fileName().lastIndexOf('.');
        String extension = dot < 0 ? "" : view.fileName().substring(dot).replaceAll("[^.A-Za-z0-9]", "");
        return "attachment; filename=\"document-%d%s\"; filename*=UTF-8''%s"
                .formatted(view.id(), extension, UriUtils.encode(view.fileName(), StandardCharsets.UTF_8));
    }
}

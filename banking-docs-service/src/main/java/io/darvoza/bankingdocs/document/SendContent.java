package io.darvoza.bankingdocs.document;

import io.darvoza.common.objectstore.ByteRange;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.problem.CommonProblem;
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
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;

/**
 * Sends a content: always for saving, never to be run or shown as a page of ours. One range is served (RFC 9110 §14);
 * several are answered with the whole, as the RFC allows.
 */
@Component
final class SendContent {

    private final ObjectStore store;

    SendContent(ObjectStore store) {
        this.store = store;
    }

    /** The answer to a request with these headers. Raises {@link CommonProblem#RANGE_NOT_SATISFIABLE}. */
    ResponseEntity<Flux<DataBuffer>> answer(StoredContent content, HttpHeaders request) {
        ByteRange range = range(content, request);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(
                        range == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT)
                .eTag(content.etag())
                .cacheControl(CacheControl.noCache().cachePrivate())
                .contentType(MediaType.parseMediaType(content.type()))
                .contentLength(range == null ? content.size() : range.length())
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(content))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
        if (range != null) {
            answer.header(
                    HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(range.first(), range.last(), content.size()));
        }
        return answer.body(store.get(content.storageKey(), range));
    }

    /** The one range that is asked for; null for the whole. What is no range is ignored, as the RFC says. */
    private static @Nullable ByteRange range(StoredContent content, HttpHeaders request) {
        String onlyIf = request.getFirst(HttpHeaders.IF_RANGE);
        if (onlyIf != null && !onlyIf.equals(content.etag())) {
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
        long size = content.size();
        long first = ranges.getFirst().getRangeStart(size);
        long last = ranges.getFirst().getRangeEnd(size);
        if (first >= size || last < first) {
            throw CommonProblem.RANGE_NOT_SATISFIABLE.exception().header(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        }
        return new ByteRange(first, last);
    }

    /** A plain name for old clients, the real one for the rest (RFC 6266 and RFC 8187). */
    private static String disposition(StoredContent content) {
        int dot = content.fileName().lastIndexOf('.');
        String extension = dot < 0 ? "" : content.fileName().substring(dot).replaceAll("[^.A-Za-z0-9]", "");
        return "attachment; filename=\"document-%d%s\"; filename*=UTF-8''%s"
                .formatted(
                        content.documentId(), extension, UriUtils.encode(content.fileName(), StandardCharsets.UTF_8));
    }
}

package io.darvoza.common.idempotency;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The answer to a command as it is kept and sent, byte for byte the same on a replay.
 *
 * @param status HTTP status
 * @param headers what a replay must repeat, such as {@code Location} and {@code ETag}; the content type is always JSON
 * @param json the body
 * @param replayed whether it was given before
 */
public record Answer(
        int status, Map<String, String> headers, @Nullable String json, boolean replayed) {

    /** Header of a replayed answer, with the value {@code true}. */
    public static final String REPLAYED_HEADER = "Idempotency-Hit";

    public Answer {
        if (status < 200 || status > 299) {
            throw new IllegalArgumentException("only the answer of a command that took effect is kept, not " + status);
        }
        headers = Map.copyOf(headers);
    }

    public static Answer of(int status, @Nullable String json) {
        return new Answer(status, Map.of(), json, false);
    }

    public Answer withHeader(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, json, replayed);
    }

    /** For the controller to return. */
    public ResponseEntity<String> toResponse() {
        var response = ResponseEntity.status(status);
        headers.forEach(response::header);
        if (replayed) {
            response.header(REPLAYED_HEADER, "true");
        }
        if (json == null) {
            return response.build();
        }
        return response.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
                .body(json);
    }

    Answer asReplay() {
        return new Answer(status, headers, json, true);
    }
}

package io.darvoza.endtoend.postman;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A walk through the operations of a service that can be made again and again.
 *
 * @param contract path of the OpenAPI document, from the root of the repository
 */
record Journey(String name, String contract, List<Chapter> chapters) {

    record Chapter(String name, List<Step> steps) {}

    /**
     * One request. Values may name variables as {@code {{variable}}}.
     *
     * @param operation its id in the contract
     * @param as name of the demo user whose token it carries; null for none
     * @param parts of a multipart body, in their order
     * @param keep variables for later steps, each by an expression over {@code body}, the answer
     * @param refused code of the problem that it ends in; null when it is to succeed
     */
    record Step(
            String operation,
            @Nullable String as,
            @Nullable Map<String, String> path,
            @Nullable Map<String, String> query,
            @Nullable Map<String, String> headers,
            @Nullable JsonNode body,
            @Nullable List<Part> parts,
            @Nullable Map<String, String> keep,
            @Nullable String refused) {

        Map<String, String> pathOrNone() {
            return Objects.requireNonNullElse(path, Map.of());
        }

        Map<String, String> queryOrNone() {
            return Objects.requireNonNullElse(query, Map.of());
        }

        Map<String, String> headersOrNone() {
            return Objects.requireNonNullElse(headers, Map.of());
        }

        Map<String, String> keepOrNone() {
            return Objects.requireNonNullElse(keep, Map.of());
        }
    }

    /** One part: JSON, or a file beside the collection. */
    record Part(
            String name, @Nullable JsonNode json, @Nullable String file) {}

    static Journey read(String resource) {
        try (InputStream json = Objects.requireNonNull(Journey.class.getResourceAsStream(resource), resource)) {
            return JsonMapper.builder().build().readValue(json, Journey.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Step> steps() {
        return chapters.stream().flatMap(chapter -> chapter.steps().stream()).toList();
    }
}

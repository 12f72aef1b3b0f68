package io.darvoza.sandbox.opendata;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a request searches for: the part of Elasticsearch's language that clients of the portal use.
 *
 * @param value empty for {@code match_all}
 */
record Query(int size, String field, String value) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int USUAL_SIZE = 10;

    /** Empty when the portal would not understand it. */
    static Optional<Query> of(String source) {
        try {
            JsonNode json = JSON.readTree(source);
            JsonNode query = json.path("query");
            int size = json.path("size").asInt(USUAL_SIZE);
            if (query.has("match_all") || query.isMissingNode() && json.isObject()) {
                return Optional.of(new Query(size, "", ""));
            }
            JsonNode match = query.has("bool") ? query.at("/bool/must/0/match") : query.path("match");
            for (Map.Entry<String, JsonNode> condition : match.properties()) {
                return Optional.of(
                        new Query(size, condition.getKey(), condition.getValue().asString("")));
            }
            return Optional.empty();
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    boolean isForAll() {
        return field.isEmpty();
    }
}

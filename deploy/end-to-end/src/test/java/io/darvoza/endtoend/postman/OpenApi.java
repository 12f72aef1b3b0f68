package io.darvoza.endtoend.postman;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A committed OpenAPI document. */
final class OpenApi {

    private final JsonNode document;
    private final Map<String, Operation> operations = new TreeMap<>();

    OpenApi(Path file) {
        document = JsonMapper.builder().build().readTree(file);
        document.get("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(method -> add(path.getKey(), method.getKey(), method.getValue())));
    }

    private void add(String path, String method, JsonNode operation) {
        operations.put(operation.get("operationId").asString(), new Operation(method.toUpperCase(), path, operation));
    }

    /** One operation, its path with names in braces. */
    record Operation(String method, String path, JsonNode node) {

        String summary() {
            return node.path("summary").asString("");
        }

        /** Status of the answer when it succeeds; of several the first, which is the usual one. */
        int success() {
            return node.get("responses")
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(status -> status.startsWith("2"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElseThrow();
        }
    }

    Operation operation(String id) {
        Operation found = operations.get(id);
        if (found == null) {
            throw new IllegalArgumentException("the contract has no operation " + id);
        }
        return found;
    }

    Set<String> operationIds() {
        return operations.keySet();
    }

    /**
     * JSON schema of what an operation answers as JSON, without references; null when it is no JSON. A member that the contract
     * does not tell of is forbidden.
     *
     * @param status such as {@code 200}, or {@code default}
     */
    @Nullable
    JsonNode answer(Operation operation, String status) {
        JsonNode content = operation.node().at("/responses/" + status + "/content");
        return content.propertyStream()
                .filter(type -> type.getKey().endsWith("json"))
                .map(type -> closed(type.getValue().get("schema")))
                .findFirst()
                .orElse(null);
    }

    private JsonNode closed(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            return closed(document.at(reference.substring(1)));
        }
        ObjectNode closed = JsonMapper.shared().createObjectNode();
        for (String kept : new String[] {"type", "enum", "required"}) {
            if (schema.has(kept)) {
                closed.set(kept, schema.get(kept));
            }
        }
        if (schema.has("oneOf")) {
            closed.remove("type");
            ArrayNode choices = closed.putArray("oneOf");
            schema.get("oneOf").forEach(choice -> choices.add(closed(choice)));
        }
        if (schema.has("items")) {
            closed.set("items", closed(schema.get("items")));
        }
        if (schema.has("properties")) {
            ObjectNode properties = closed.put("type", "object").putObject("properties");
            schema.get("properties")
                    .propertyStream()
                    .forEach(member -> properties.set(member.getKey(), closed(member.getValue())));
            closed.put("additionalProperties", false);
        }
        return closed;
    }

    /** The same of a problem: kinds of problems have members of their own. */
    JsonNode problem() {
        ObjectNode problem = (ObjectNode) closed(document.at("/components/schemas/Problem"));
        problem.remove("additionalProperties");
        return problem;
    }
}

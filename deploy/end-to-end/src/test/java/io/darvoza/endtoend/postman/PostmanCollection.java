package io.darvoza.endtoend.postman;

import io.darvoza.endtoend.postman.Journey.Chapter;
import io.darvoza.endtoend.postman.Journey.Part;
import io.darvoza.endtoend.postman.Journey.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A Postman collection (v2.1): methods, paths and the shapes of answers from the contract, values and order from the journey. */
final class PostmanCollection {

    private static final String SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final OpenApi contract;
    private final Journey journey;

    PostmanCollection(OpenApi contract, Journey journey) {
        this.contract = contract;
        this.journey = journey;
    }

    String text() {
        ObjectNode collection = JSON.createObjectNode();
        collection
                .putObject("info")
                .put("name", journey.name())
                .put("description", "Made of " + journey.contract() + "; to be run in its order.")
                .put("schema", SCHEMA);
        ArrayNode chapters = collection.putArray("item");
        journey.chapters().forEach(chapter -> chapters.add(chapter(chapter)));
        return JSON.writeValueAsString(collection) + "\n";
    }

    private ObjectNode chapter(Chapter chapter) {
        ObjectNode folder = JSON.createObjectNode().put("name", chapter.name());
        ArrayNode items = folder.putArray("item");
        chapter.steps().forEach(step -> items.add(item(step)));
        return folder;
    }

    private ObjectNode item(Step step) {
        OpenApi.Operation operation = contract.operation(step.operation());
        ObjectNode item = JSON.createObjectNode().put("name", title(step, operation));
        ObjectNode request = item.putObject("request").put("method", operation.method());
        request.set("auth", auth(step.as()));
        request.set("header", headers(step));
        request.set("url", url(step, operation));
        if (step.parts() != null) {
            request.putObject("body").put("mode", "formdata").set("formdata", parts(step.parts()));
        } else if (step.body() != null) {
            request.putObject("body").put("mode", "raw").put("raw", json(step.body()));
        }
        ObjectNode event = item.putArray("event").addObject().put("listen", "test");
        ArrayNode lines =
                event.putObject("script").put("type", "text/javascript").putArray("exec");
        checks(step, operation).forEach(lines::add);
        return item;
    }

    private static String title(Step step, OpenApi.Operation operation) {
        return operation.summary()
                + (step.as() == null ? "" : " · " + step.as())
                + (step.refused() == null ? "" : " → " + step.refused());
    }

    private static ObjectNode auth(@Nullable String as) {
        ObjectNode auth = JSON.createObjectNode().put("type", as == null ? "noauth" : "bearer");
        if (as != null) {
            auth.putArray("bearer")
                    .addObject()
                    .put("key", "token")
                    .put("value", "{{" + as + "}}")
                    .put("type", "string");
        }
        return auth;
    }

    private static ArrayNode headers(Step step) {
        ArrayNode headers = JSON.createArrayNode();
        if (step.body() != null) {
            headers.addObject().put("key", "Content-Type").put("value", "application/json");
        }
        step.headersOrNone()
                .forEach((name, value) -> headers.addObject().put("key", name).put("value", value));
        return headers;
    }

    private static ObjectNode url(Step step, OpenApi.Operation operation) {
        String path = operation.path();
        for (Map.Entry<String, String> variable : step.pathOrNone().entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        if (path.replaceAll("\\{\\{[a-z_]+}}", "").contains("{")) {
            throw new IllegalArgumentException("a step of " + step.operation() + " leaves a part of its path open");
        }
        ObjectNode url = JSON.createObjectNode();
        url.putArray("host").add("{{gateway}}");
        ArrayNode parts = url.putArray("path");
        Arrays.stream(path.substring(1).split("/")).forEach(parts::add);
        if (!step.queryOrNone().isEmpty()) {
            ArrayNode query = url.putArray("query");
            step.queryOrNone()
                    .forEach((name, value) -> query.addObject().put("key", name).put("value", value));
        }
        return url;
    }

    private static ArrayNode parts(List<Part> parts) {
        ArrayNode form = JSON.createArrayNode();
        for (Part part : parts) {
            ObjectNode field = form.addObject().put("key", part.name());
            if (part.file() != null) {
                field.put("type", "file").put("src", part.file()).put("contentType", "application/pdf");
            } else {
                field.put("type", "text")
                        .put("value", json(Objects.requireNonNull(part.json())))
                        .put("contentType", "application/json");
            }
        }
        return form;
    }

    /** A variable for a number stands in the body without quotation marks. */
    private static String json(JsonNode body) {
        return JSON.writeValueAsString(body).replaceAll("\"(\\{\\{[a-z_]+_id}})\"", "$1");
    }

    private List<String> checks(Step step, OpenApi.Operation operation) {
        List<String> lines = new ArrayList<>();
        JsonNode shape;
        if (step.refused() == null) {
            int status = operation.success();
            shape = contract.answer(operation, Integer.toString(status));
            lines.add("pm.test('answers %d', () => pm.response.to.have.status(%d));".formatted(status, status));
        } else {
            shape = contract.problem();
            lines.add("pm.test('is refused', () => pm.expect(pm.response.code).to.be.within(400, 499));");
        }
        if (shape != null) {
            lines.add("const body = pm.response.json();");
            lines.add("pm.test('is as the contract says', () => pm.response.to.have.jsonSchema(" + shape + "));");
        }
        if (step.refused() != null) {
            lines.add("pm.test('says why', () => pm.expect(body.code).to.equal('" + step.refused() + "'));");
        }
        step.keepOrNone()
                .forEach((name, value) -> lines.add("pm.collectionVariables.set('" + name + "', " + value + ");"));
        return lines;
    }
}

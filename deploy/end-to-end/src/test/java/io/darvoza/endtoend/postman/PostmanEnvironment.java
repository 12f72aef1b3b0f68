package io.darvoza.endtoend.postman;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The environment of a journey: the gateway's address, and a token of each who takes part. */
record PostmanEnvironment(Journey journey) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Names of the demo users. */
    List<String> people() {
        return journey.steps().stream()
                .map(Journey.Step::as)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Its file.
     *
     * @param tokens name of a demo user → access token
     */
    String text(String gateway, UnaryOperator<String> tokens) {
        ObjectNode environment = JSON.createObjectNode().put("name", "Darvoza");
        ArrayNode values = environment.putArray("values");
        value(values, "gateway", gateway, "default");
        people().forEach(name -> value(values, name, tokens.apply(name), "secret"));
        return JSON.writeValueAsString(environment) + "\n";
    }

    private static void value(ArrayNode values, String key, String value, String type) {
        values.addObject().put("key", key).put("value", value).put("type", type).put("enabled", true);
    }
}

package io.darvoza.common.test.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.committed.CommittedFile;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the JSON schema of an event's record and fails when the committed one, {@code docs/contracts/events/<type>.schema.json}, differs.
 * With {@code -Ddocs.update=true} it writes the file instead.
 *
 * <p>A contract is flat: text, numbers, truth values, ids, times and enums. What may be absent carries {@code @Nullable}.
 */
public final class EventSchemas {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Java types of a flat record, and what they are in JSON. */
    private static final Map<Class<?>, String[]> TYPES = Map.ofEntries(
            Map.entry(String.class, new String[] {"string"}),
            Map.entry(UUID.class, new String[] {"string", "uuid"}),
            Map.entry(Instant.class, new String[] {"string", "date-time"}),
            Map.entry(LocalDate.class, new String[] {"string", "date"}),
            Map.entry(long.class, new String[] {"integer", "int64"}),
            Map.entry(Long.class, new String[] {"integer", "int64"}),
            Map.entry(int.class, new String[] {"integer", "int32"}),
            Map.entry(Integer.class, new String[] {"integer", "int32"}),
            Map.entry(boolean.class, new String[] {"boolean"}),
            Map.entry(Boolean.class, new String[] {"boolean"}));

    private EventSchemas() {}

    /**
     * Compares, or updates, the schema of one event.
     *
     * @param type {@code ce_type} of the event
     */
    public static void check(String type, Class<? extends Record> data) {
        CommittedFile.check("docs/contracts/events/" + type + ".schema.json", schema(type, data));
    }

    /**
     * Fails unless everything that a consumer reads of an event is promised by the committed contract: each member of the consumer's
     * record is there with the same type, and what may not be absent for the consumer is required of the producer.
     *
     * @param type {@code ce_type} of the event
     * @param reader the consumer's own record, which may know less than the producer's
     */
    public static void checkReader(String type, Class<? extends Record> reader) {
        JsonNode promised =
                JSON.readTree(CommittedFile.root().resolve("docs/contracts/events/" + type + ".schema.json"));
        JsonNode wanted = JSON.readTree(schema(type, reader));
        wanted.get("properties")
                .propertyStream()
                .forEach(member -> assertThat(promised.at("/properties/" + member.getKey()))
                        .as("%s of %s", member.getKey(), type)
                        .isEqualTo(member.getValue()));
        assertThat(promised.get("required").valueStream())
                .as("what %s always holds", type)
                .containsAll(wanted.get("required").valueStream().toList());
    }

    /** The schema (JSON Schema 2020-12). Unknown members are allowed, because a producer may add optional ones. */
    static String schema(String type, Class<? extends Record> data) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", type);
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        var required = JSON.createArrayNode();
        for (RecordComponent component : data.getRecordComponents()) {
            describe(component, properties.putObject(name(component)));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name(component));
            }
        }
        schema.set("required", required);
        return JSON.writeValueAsString(schema) + "\n";
    }

    private static void describe(RecordComponent component, ObjectNode property) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            property.put("type", "string");
            var values = property.putArray("enum");
            for (Object value : type.getEnumConstants()) {
                values.add(value.toString());
            }
            return;
        }
        String[] known = TYPES.get(type);
        if (known == null) {
            throw new IllegalArgumentException(
                    "%s %s has no place in a flat contract".formatted(type, component.getName()));
        }
        property.put("type", known[0]);
        if (known.length > 1) {
            property.put("format", known[1]);
        }
    }

    private static String name(RecordComponent component) {
        return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}

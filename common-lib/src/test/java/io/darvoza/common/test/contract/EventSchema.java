package io.darvoza.common.test.contract;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON schema (2020-12) of an event's flat record: snake_case members, all required but the {@code @Nullable} ones. */
final class EventSchema {

    private EventSchema() {}

    static Map<String, Object> of(String title, Class<? extends Record> payload) {
        Map<String, Object> members = new TreeMap<>();
        for (RecordComponent component : payload.getRecordComponents()) {
            members.put(memberName(component.getName()), typeOf(component.getType()));
        }
        List<String> required = Arrays.stream(payload.getRecordComponents())
                .filter(component -> !isNullable(component.getAnnotatedType()))
                .map(component -> memberName(component.getName()))
                .sorted()
                .toList();
        return new TreeMap<>(Map.of(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                title,
                "type",
                "object",
                "properties",
                members,
                "required",
                required,
                // Consumers must bear additions: they are what keeps an event at V1.
                "additionalProperties",
                true));
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static String memberName(String component) {
        return component.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> typeOf(Class<?> type) {
        if (type == String.class) {
            return Map.of("type", "string");
        } else if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return Map.of("type", "integer");
        } else if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        } else if (type == Instant.class) {
            return new TreeMap<>(Map.of("type", "string", "format", "date-time"));
        } else if (type == LocalDate.class) {
            return new TreeMap<>(Map.of("type", "string", "format", "date"));
        } else if (type == UUID.class) {
            return new TreeMap<>(Map.of("type", "string", "format", "uuid"));
        } else if (type == URI.class) {
            return new TreeMap<>(Map.of("type", "string", "format", "uri-reference"));
        } else if (type.isEnum()) {
            return new TreeMap<>(Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList()));
        }
        throw new IllegalArgumentException(
                type == BigDecimal.class
                        ? "money is a decimal string in an event"
                        : "an event's record is flat: no member of " + type);
    }
}

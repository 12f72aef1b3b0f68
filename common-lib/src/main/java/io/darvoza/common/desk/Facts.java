package io.darvoza.common.desk;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object for a template, its members under the names of the contract. A member that the contract leaves out when it has
 * no value reads as null here; objects and lists within are of the same kind.
 */
public final class Facts extends AbstractMap<String, Object> {

    public static final Facts NONE = new Facts(Map.of());

    /** Member with the version of what an operation told, if it has one. */
    public static final String ETAG = "etag";

    private final Map<String, Object> members = new LinkedHashMap<>();

    private Facts(Map<?, ?> object) {
        object.forEach((name, value) -> members.put(name.toString(), within(value)));
    }

    public static Facts of(Map<?, ?> object) {
        return new Facts(object);
    }

    /** The same with a version; quotation marks are of HTTP. */
    Facts tagged(@Nullable String etag) {
        if (etag == null) {
            return this;
        }
        Facts tagged = new Facts(members);
        tagged.members.putIfAbsent(ETAG, etag.replace("\"", ""));
        return tagged;
    }

    private static Object within(Object value) {
        return switch (value) {
            case Map<?, ?> object -> new Facts(object);
            case List<?> list -> list.stream().map(Facts::within).toList();
            default -> value;
        };
    }

    /** A text; null when there is none. */
    public @Nullable String text(String name) {
        Object value = members.get(name);
        return value == null ? null : value.toString();
    }

    /** An object within; empty when there is none. */
    public Facts object(String name) {
        return members.get(name) instanceof Facts object ? object : NONE;
    }

    /** The objects of a list within; empty when there is none. */
    public List<Facts> list(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().map(Facts.class::cast).toList()
                : List.of();
    }

    /** Every name may be asked for; expressions of templates refuse a name that a map says it does not have. */
    @Override
    public boolean containsKey(Object name) {
        return true;
    }

    @Override
    public @Nullable Object get(Object name) {
        return members.get(name);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return Collections.unmodifiableSet(members.entrySet());
    }
}

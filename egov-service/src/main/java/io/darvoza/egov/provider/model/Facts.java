package io.darvoza.egov.provider.model;

import java.util.Map;

/** What a provider told about a person or an organisation, by our names. Its text form tells nothing. */
public record Facts(Map<String, String> byName) {

    public static final Facts NONE = new Facts(Map.of());

    public Facts {
        byName = Map.copyOf(byName);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    @Override
    public String toString() {
        return "•••";
    }
}

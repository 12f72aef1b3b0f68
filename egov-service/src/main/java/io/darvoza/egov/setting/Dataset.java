package io.darvoza.egov.setting;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where numbers are looked up in open data.
 *
 * @param name of the data set
 * @param version pinned, since another version may name its fields otherwise
 * @param field that holds the number
 */
public record Dataset(String name, String version, String field) {

    static final Pattern FORM = Pattern.compile("none|[a-zA-Z0-9_-]{1,100}/[a-zA-Z0-9_-]{1,20}/[a-zA-Z0-9_.-]{1,60}");
    static final String FORM_IN_WORDS = "data set/version/field, or none";
    private static final String NOWHERE = "none";

    /** The data set of a setting's value; empty for none. */
    static Optional<Dataset> of(String value) {
        if (value.equals(NOWHERE)) {
            return Optional.empty();
        }
        String[] parts = value.split("/");
        return Optional.of(new Dataset(parts[0], parts[1], parts[2]));
    }

    /** As the setting has it. */
    @Override
    public String toString() {
        return name + "/" + version + "/" + field;
    }
}

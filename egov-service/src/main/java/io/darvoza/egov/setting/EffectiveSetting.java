package io.darvoza.egov.setting;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A setting as it holds now, and why.
 *
 * @param value null when there is none, when it is secret, and when it cannot be read
 * @param isSet whether there is one
 * @param broken whether it cannot be read or used
 * @param version of the database's value; null for another source
 * @param keyIds of a secret: the ids of the versions in use, the newest first
 */
public record EffectiveSetting(
        SettingName name,
        @Nullable String value,
        boolean isSet,
        Source source,
        boolean broken,
        @Nullable Integer version,
        @Nullable Instant updatedAt,
        @Nullable String updatedBy,
        List<String> keyIds) {

    /** Where a value comes from; the first that has one decides. */
    public enum Source {
        DATABASE,
        ENVIRONMENT,
        DEFAULT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package io.darvoza.egov.setting;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a setting in the database.
 *
 * @param value in clear; null when it cannot be decrypted
 * @param state active, or previous for the older of two keys
 */
record StoredSetting(
        SettingName name, int version, @Nullable String value, State state, Instant createdAt, String createdBy) {

    enum State {
        ACTIVE,
        PREVIOUS
    }

    @Override
    public String toString() {
        return name + " version " + version;
    }
}

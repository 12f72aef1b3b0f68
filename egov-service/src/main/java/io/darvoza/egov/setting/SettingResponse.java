package io.darvoza.egov.setting;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A setting as administrators see it; a secret's value is never shown. */
@Schema(name = "Setting")
record SettingResponse(
        @Schema(example = "EGOV_BASE_URL") String name,
        @Nullable String value,
        boolean isSet,
        boolean isEncrypted,

        @Schema(allowableValues = {"database", "environment", "default"})
        String source,

        @Schema(example = "config_error", description = "Set when the value cannot be read or used") @Nullable
        String error,

        @Schema(description = "Of the database's value; goes into If-Match") @Nullable
        Integer version,

        @Schema(description = "What a value has to be") String rule,

        @Schema(description = "Ids of the keys in use, the newest first; of a secret only")
        List<String> keyIds,

        @Nullable Instant updatedAt,
        @Nullable String updatedBy) {

    static SettingResponse from(EffectiveSetting setting) {
        return new SettingResponse(
                setting.name().name(),
                setting.value(),
                setting.isSet(),
                setting.name().isSecret(),
                setting.source().word(),
                setting.broken() ? "config_error" : null,
                setting.version(),
                setting.name().rule(),
                setting.keyIds(),
                setting.updatedAt(),
                setting.updatedBy());
    }
}

package io.darvoza.egov.provider;

import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.setting.Settings;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question to a provider.
 *
 * @param settings in force for the whole of it
 * @param consentToken the person's recorded consent, for providers that may not be asked without one
 */
public record Inquiry(
        DocumentNumber number,
        Purpose purpose,
        Settings settings,
        @Nullable UUID consentToken) {

    public static Inquiry of(DocumentNumber number, Purpose purpose, Settings settings) {
        return new Inquiry(number, purpose, settings, null);
    }
}

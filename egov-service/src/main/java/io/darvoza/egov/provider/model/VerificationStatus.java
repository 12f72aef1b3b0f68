package io.darvoza.egov.provider.model;

import java.util.Locale;

/** How a verification ended; the seed's words. */
public enum VerificationStatus {
    /** Nobody who could tell was there to be asked. */
    PENDING,
    /** The provider knows the number and holds it for valid. */
    VERIFIED,
    /** The provider could not tell; ask again later. */
    FAILED,
    /** The number cannot exist, the provider does not know it, or it was withdrawn. */
    INVALID,
    /** The document was valid once. */
    EXPIRED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static VerificationStatus ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

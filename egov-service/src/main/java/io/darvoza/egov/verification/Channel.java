package io.darvoza.egov.verification;

import java.util.Locale;

/** By which door a verification was asked for. */
public enum Channel {
    /** The seed's paths. */
    SEED,
    API,
    BULK,
    /** A form on another origin. */
    EMBED,
    COMMAND;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.darvoza.egov.provider;

import java.util.Locale;

/** What a request to an upstream is for; each may use a part of the limit. */
public enum Purpose {
    /** Somebody waits for the answer. */
    SINGLE,
    /** An item of a bulk job: leaves room for those who wait. */
    BULK,
    /** The background look whether the upstream is there. */
    PROBE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

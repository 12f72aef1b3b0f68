package io.darvoza.payments.partner;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a partner may work. A blocked one creates nothing; what is open goes on to its end. */
public enum PartnerStatus {
    ACTIVE,
    BLOCKED;

    /** The word in the API and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PartnerStatus ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

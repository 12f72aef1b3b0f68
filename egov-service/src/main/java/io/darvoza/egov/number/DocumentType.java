package io.darvoza.egov.number;

import java.util.Locale;

/** What a number belongs to. */
public enum DocumentType {
    /** ИИН, the individual identification number. */
    IIN,
    /** A passport of the Republic of Kazakhstan, or its identity card. */
    PASSPORT,
    /** БИН, the business identification number. */
    BIN;

    /** The name in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static DocumentType ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

package io.darvoza.payments.page.docs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The chapters of the section, in their order; a template reads them. */
public enum Chapter {
    START,
    SIGNATURE,
    WEBHOOKS,
    SAMPLES,
    STATUSES,
    ERRORS,
    LIMITS,
    LAWFUL;

    /** The last step of its address, and the name of its files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where it stands: the first one is the section itself. */
    public String path() {
        return this == START ? DocsController.PATH : DocsController.PATH + "/" + word();
    }

    static @Nullable Chapter of(String word) {
        for (Chapter chapter : values()) {
            if (chapter != START && chapter.word().equals(word)) {
                return chapter;
            }
        }
        return null;
    }
}

package io.darvoza.common.ui;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The colours that a person chose; {@link #SYSTEM} follows the device. */
public enum Theme {
    SYSTEM,
    LIGHT,
    DARK;

    /** The word in the cookie, in links and in the page's {@code data-theme}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The theme with that word, or {@code null} for any other word. */
    static @Nullable Theme of(@Nullable String word) {
        for (Theme theme : values()) {
            if (theme.word().equals(word)) {
                return theme;
            }
        }
        return null;
    }
}

package io.darvoza.egov.number;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A passport's number in one spelling: Latin capitals and digits, without spaces and hyphens. No check digit guards it. */
public record PassportNumber(String reveal) implements DocumentNumber {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9]{5,20}");
    private static final Pattern SEPARATORS = Pattern.compile("[ -]");
    private static final int LONGEST = 64;
    private static final int VISIBLE = 3;

    public PassportNumber {
        if (!FORM.matcher(reveal).matches()) {
            throw new IllegalArgumentException("not a passport's number");
        }
    }

    /** The number in a text. A Cyrillic letter is another letter: it is refused, not guessed at. */
    public static Optional<PassportNumber> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String spelled = SEPARATORS.matcher(text.strip()).replaceAll("").toUpperCase(Locale.ROOT);
        return FORM.matcher(spelled).matches() ? Optional.of(new PassportNumber(spelled)) : Optional.empty();
    }

    @Override
    public DocumentType type() {
        return DocumentType.PASSPORT;
    }

    /** The first character and the last three: {@code N•••••678}. */
    @Override
    @JsonValue
    public String toString() {
        int hidden = reveal.length() - 1 - VISIBLE;
        return reveal.charAt(0) + "•".repeat(hidden) + reveal.substring(1 + hidden);
    }
}

package io.darvoza.egov.number;

import com.fasterxml.jackson.annotation.JsonValue;
import io.darvoza.common.masking.Masked;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * ИИН: twelve digits, text because it may begin with zeros. Masked but for the last four digits, since the first six are a date
 * of birth.
 */
public record Iin(String reveal) implements DocumentNumber {

    private static final int VISIBLE = 4;

    public Iin {
        if (!TwelveDigits.isForm(reveal)) {
            throw new IllegalArgumentException("not twelve digits");
        }
    }

    /** The number in a text; spaces around it do not matter. */
    public static Optional<Iin> parse(String text) {
        String stripped = text.strip();
        return TwelveDigits.isForm(stripped) ? Optional.of(new Iin(stripped)) : Optional.empty();
    }

    @Override
    public DocumentType type() {
        return DocumentType.IIN;
    }

    /** Whether the last digit fits the others. It says nothing about whether the number was issued, and misses a wrong 11th digit. */
    public boolean hasRightCheckDigit() {
        return TwelveDigits.hasRightCheckDigit(reveal);
    }

    /**
     * The date of birth that the digits spell, if they spell one. A hint: since decree 853 of 26.08.2013 a number need not
     * follow its owner's birth.
     */
    public Optional<LocalDate> birthDate() {
        int century = TwelveDigits.digit(reveal, 6);
        if (century < 1 || century > 6) {
            return Optional.empty();
        }
        int year = 1800 + (century - 1) / 2 * 100 + TwelveDigits.number(reveal, 0, 2);
        try {
            return Optional.of(
                    LocalDate.of(year, TwelveDigits.number(reveal, 2, 4), TwelveDigits.number(reveal, 4, 6)));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** {@code M} or {@code F} as the seventh digit says, if it says one; a hint likewise. */
    public Optional<String> sex() {
        int century = TwelveDigits.digit(reveal, 6);
        return century < 1 || century > 6 ? Optional.empty() : Optional.of(century % 2 == 1 ? "M" : "F");
    }

    @Override
    @JsonValue
    public String toString() {
        return Masked.tail(reveal, VISIBLE);
    }
}

package io.darvoza.egov.number;

import com.fasterxml.jackson.annotation.JsonValue;
import io.darvoza.common.masking.Masked;
import java.util.Optional;

/** БИН: twelve digits; year and month of registration, the kind of organisation, a serial number, a check digit. */
public record Bin(String reveal) implements DocumentNumber {

    private static final int VISIBLE = 4;

    public Bin {
        if (!TwelveDigits.isForm(reveal)) {
            throw new IllegalArgumentException("not twelve digits");
        }
    }

    /** The number in a text; spaces around it do not matter. */
    public static Optional<Bin> parse(String text) {
        String stripped = text.strip();
        return TwelveDigits.isForm(stripped) ? Optional.of(new Bin(stripped)) : Optional.empty();
    }

    @Override
    public DocumentType type() {
        return DocumentType.BIN;
    }

    /** Whether the month is one, and the fifth digit names a kind of organisation: 4, 5 or 6. A person's number has 0 to 3 there. */
    public boolean isOfOrganisation() {
        int month = TwelveDigits.number(reveal, 2, 4);
        int kind = TwelveDigits.digit(reveal, 4);
        return month >= 1 && month <= 12 && kind >= 4 && kind <= 6;
    }

    public boolean hasRightCheckDigit() {
        return TwelveDigits.hasRightCheckDigit(reveal);
    }

    @Override
    @JsonValue
    public String toString() {
        return Masked.tail(reveal, VISIBLE);
    }
}

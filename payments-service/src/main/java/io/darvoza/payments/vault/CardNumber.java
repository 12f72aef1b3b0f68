package io.darvoza.payments.vault;

import com.fasterxml.jackson.annotation.JsonValue;
import io.darvoza.common.masking.Masked;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a payment card (PAN): 16 to 19 ASCII digits with a right check digit (ISO/IEC 7812-1). Masked but for the first
 * six and the last four digits.
 */
public record CardNumber(String reveal) implements Masked {

    private static final Pattern FORM = Pattern.compile("[0-9]{16,19}");
    private static final int HEAD = 6;
    private static final int TAIL = 4;

    public CardNumber {
        if (!isValid(reveal)) {
            throw new IllegalArgumentException("not a card number");
        }
    }

    /** Reads what a person typed: digits, perhaps in groups with single spaces between them. Empty for any other text. */
    public static Optional<CardNumber> parse(String text) {
        String digits = text.length() > 40 ? "" : text.strip().replaceAll("(?<=[0-9]) (?=[0-9])", "");
        return isValid(digits) ? Optional.of(new CardNumber(digits)) : Optional.empty();
    }

    /** The first digits, which tell the issuing bank. */
    public String bin(int length) {
        return reveal.substring(0, length);
    }

    /** The form that may be shown and stored, such as {@code 220000******0004}. */
    public String mask() {
        int hidden = reveal.length() - HEAD - TAIL;
        return reveal.substring(0, HEAD) + "*".repeat(hidden) + reveal.substring(HEAD + hidden);
    }

    @Override
    @JsonValue
    public String toString() {
        return mask();
    }

    private static boolean isValid(String digits) {
        return FORM.matcher(digits).matches() && luhnSum(digits) % 10 == 0;
    }

    /** From the right, every second digit counts twice, as the sum of its own digits. */
    private static int luhnSum(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum;
    }
}

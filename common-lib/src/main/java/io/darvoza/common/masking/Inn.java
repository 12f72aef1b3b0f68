package io.darvoza.common.masking;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A Russian tax number (ИНН): 10 digits of an organisation or 12 of a person, text because it may begin with zeros. Its
 * check digits are right. Masked but for the last two digits.
 */
public record Inn(String reveal) implements Masked {

    private static final Pattern FORM = Pattern.compile("[0-9]{10}|[0-9]{12}");
    private static final int[] WEIGHTS = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};

    public Inn {
        if (!isValid(reveal)) {
            throw new IllegalArgumentException("not a tax number");
        }
    }

    /** Whether a text is a tax number with right check digits. */
    public static boolean isValid(String text) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        return text.length() == 10 ? checks(text, 9) : checks(text, 10) && checks(text, 11);
    }

    /** The check digit at an index weighs all digits before it: the last one 8, the one before 6, and so on. */
    private static boolean checks(String digits, int index) {
        int sum = 0;
        for (int i = 0; i < index; i++) {
            sum += (digits.charAt(i) - '0') * WEIGHTS[WEIGHTS.length - index + i];
        }
        return sum % 11 % 10 == digits.charAt(index) - '0';
    }

    @Override
    @JsonValue
    public String toString() {
        return Masked.tail(reveal, 2);
    }
}

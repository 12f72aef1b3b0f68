package io.darvoza.payments.money;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A sum of money that is not negative.
 *
 * @param minor in minor units of the currency, 0 to {@link #MAX_MINOR}
 */
public record Amount(long minor, Currency currency) {

    /** Twelve digits before the point: a fee of it in basis points still fits into a {@code long}. */
    public static final long MAX_MINOR = 99_999_999_999_999L;

    private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,11})(?:\\.([0-9]{1,2}))?");

    public Amount {
        if (minor < 0 || minor > MAX_MINOR) {
            throw new IllegalArgumentException("an amount has 0 to " + MAX_MINOR + " minor units, not " + minor);
        }
    }

    /**
     * Reads a decimal such as {@code 1500.00}: ASCII digits, at most twelve before the point and two behind it, no sign, no
     * exponent, no leading zero, no space. Empty for any other text.
     */
    public static Optional<Amount> parse(String text, Currency currency) {
        var decimal = DECIMAL.matcher(text);
        if (!decimal.matches()) {
            return Optional.empty();
        }
        String fraction = decimal.group(2) == null ? "" : decimal.group(2);
        String minor = decimal.group(1) + fraction + "0".repeat(currency.digits() - fraction.length());
        return Optional.of(new Amount(Long.parseLong(minor), currency));
    }

    /** Minor units as a decimal with all digits of the currency, such as {@code -0.05}. */
    public static String format(long minor, Currency currency) {
        String digits = Long.toString(Math.abs(minor));
        String padded = "0".repeat(Math.max(0, currency.digits() + 1 - digits.length())) + digits;
        int point = padded.length() - currency.digits();
        return (minor < 0 ? "-" : "") + padded.substring(0, point) + "." + padded.substring(point);
    }

    /** As {@link #parse} reads it, with all digits of the currency. */
    @Override
    public String toString() {
        return format(minor, currency);
    }
}

package io.darvoza.common.masking;

/**
 * A value that people may not read in passing: {@code toString} is masked, and serialisers know only that form. Whoever
 * needs the value itself asks for it by {@link #reveal()}, which is easy to find in a review.
 */
public interface Masked {

    /** The value in clear. */
    String reveal();

    /** All but the last {@code visible} characters as dots; a value that is not longer than that, wholly. */
    static String tail(String value, int visible) {
        int hidden = value.length() - visible;
        return hidden <= 0 ? "•".repeat(value.length()) : "•".repeat(hidden) + value.substring(hidden);
    }
}

package io.darvoza.egov.number;

/** What ИИН and БИН have in common: twelve digits, the last of which is computed from the others. */
final class TwelveDigits {

    private static final int[] FIRST = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    private static final int[] SECOND = {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};

    /** No eleven digits with this remainder in both rows were ever issued. */
    private static final int NONE = 10;

    private TwelveDigits() {}

    /** Digits of ASCII only: other scripts have digits, too. */
    static boolean isForm(String text) {
        return text.length() == 12 && text.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    /** Joint order of the Ministry of Justice of 2007: weights 1 to 11; a remainder of 10 is computed again with the second row. */
    static boolean hasRightCheckDigit(String digits) {
        int control = remainder(digits, FIRST);
        if (control == NONE) {
            control = remainder(digits, SECOND);
        }
        return control == digit(digits, 11);
    }

    static int number(String digits, int from, int to) {
        return Integer.parseInt(digits.substring(from, to));
    }

    static int digit(String digits, int index) {
        return digits.charAt(index) - '0';
    }

    private static int remainder(String digits, int[] weights) {
        int sum = 0;
        for (int index = 0; index < weights.length; index++) {
            sum += digit(digits, index) * weights[index];
        }
        return sum % 11;
    }
}

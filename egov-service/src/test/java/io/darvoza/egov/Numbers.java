package io.darvoza.egov;

/** Synthetic numbers with right check digits, a different one for each serial. */
public final class Numbers {

    private static final int[] FIRST = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    private static final int[] SECOND = {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};

    private Numbers() {}

    /** Never the same for two n below a hundred thousand: the day and the serial are n, the month is what has a check digit. */
    public static String iin(int n) {
        for (int month = 1; ; month++) {
            String body = "90%02d%02d3%04d".formatted(month, 1 + n / 5000, 1000 + n % 5000);
            int control = control(body);
            if (control < 10) {
                return body + control;
            }
        }
    }

    private static int control(String body) {
        int control = sum(body, FIRST);
        return control == 10 ? sum(body, SECOND) : control;
    }

    private static int sum(String body, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (body.charAt(i) - '0') * weights[i];
        }
        return sum % 11;
    }
}

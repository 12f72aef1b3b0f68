package io.darvoza.local.client;

import java.util.Optional;

/** Synthetic ИИН with right check digits. */
public final class SampleIin {

    private SampleIin() {}

    /** Different for each n below a hundred thousand. */
    public static String of(int n) {
        for (var month = 1; ; month++) {
            var number = complete("90%02d%02d3%04d".formatted(month, 1 + n / 5000, 1000 + n % 5000));
            if (number.isPresent()) {
                return number.get();
            }
        }
    }

    /** Eleven digits with the twelfth; empty for those that are never given out. */
    public static Optional<String> complete(String eleven) {
        var first = 0;
        var second = 0;
        for (var i = 0; i < eleven.length(); i++) {
            var digit = eleven.charAt(i) - '0';
            first += digit * (i + 1);
            second += digit * ((i + 2) % 11 + 1);
        }
        var control = first % 11 == 10 ? second % 11 : first % 11;
        return control == 10 ? Optional.empty() : Optional.of(eleven + control);
    }
}

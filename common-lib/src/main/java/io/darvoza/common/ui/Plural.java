package io.darvoza.common.ui;

import java.util.Locale;

/** The plural category of a whole number by CLDR's rules for the suite's languages; it ends the message's key. */
enum Plural {
    ONE,
    FEW,
    MANY,
    OTHER;

    static Plural of(long count, Locale language) {
        return switch (language.getLanguage()) {
            case "ru" -> russian(Math.abs(count));
            default -> count == 1 ? ONE : OTHER;
        };
    }

    String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    private static Plural russian(long count) {
        long ten = count % 10;
        long hundred = count % 100;
        if (ten == 1 && hundred != 11) {
            return ONE;
        }
        boolean few = ten >= 2 && ten <= 4 && !(hundred >= 12 && hundred <= 14);
        return few ? FEW : MANY;
    }
}

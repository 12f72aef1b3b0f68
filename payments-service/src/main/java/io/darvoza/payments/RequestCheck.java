package io.darvoza.payments;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a request and gathers everything that is wrong with them, so that a caller learns all of it at once.
 * What it gives back counts only when {@link #done} has passed.
 */
public final class RequestCheck {

    private final ProblemException problem = CommonProblem.VALIDATION_FAILED.exception();
    private boolean failed;

    /** Notes a wrong place. */
    public void wrong(String pointer, String detail) {
        failed = true;
        problem.error(pointer, detail);
    }

    /** Notes a wrong place unless the condition holds. */
    public void require(boolean holds, String pointer, String detail) {
        if (!holds) {
            wrong(pointer, detail);
        }
    }

    /** A text of one to so many characters without control characters. */
    public String text(String pointer, @Nullable String text, int most) {
        String stripped = text == null ? "" : text.strip();
        boolean printable = stripped.chars().noneMatch(Character::isISOControl);
        require(!stripped.isEmpty() && stripped.length() <= most && printable, pointer, "1 to " + most + " characters");
        return stripped;
    }

    /** A whole number within bounds; the fallback when it is absent. */
    public int number(String pointer, @Nullable Integer value, int least, int most, int fallback) {
        int number = value == null ? fallback : value;
        require(number >= least && number <= most, pointer, least + " to " + most);
        return number;
    }

    /** A whole number above zero, or none. */
    public @Nullable Integer count(String pointer, @Nullable Integer value) {
        require(value == null || value > 0, pointer, "1 or more");
        return value;
    }

    /** An amount in minor units that is at least so much; an absent one is wrong. */
    public long amount(String pointer, @Nullable String text, Currency currency, long least) {
        Long amount = text == null ? null : optionalAmount(pointer, text, currency, least);
        require(text != null, pointer, "is required");
        return amount == null ? least : amount;
    }

    /** An amount in minor units that is at least so much, or none. */
    public @Nullable Long optionalAmount(String pointer, @Nullable String text, Currency currency, long least) {
        if (text == null) {
            return null;
        }
        Optional<Long> amount = Amount.parse(text, currency).map(Amount::minor).filter(minor -> minor >= least);
        require(
                amount.isPresent(),
                pointer,
                "a decimal such as \"1500.00\", at least " + Amount.format(least, currency));
        return amount.orElse(least);
    }

    /** One of the constants, in lower case; the first one stands in for a wrong word. */
    public <E extends Enum<E>> E word(String pointer, @Nullable String word, Class<E> type) {
        E[] constants = type.getEnumConstants();
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
                return constant;
            }
        }
        wrong(pointer, Arrays.toString(constants).toLowerCase(Locale.ROOT));
        return constants[0];
    }

    /** Raises {@link CommonProblem#VALIDATION_FAILED} when anything was wrong. */
    public void done() {
        if (failed) {
            throw problem;
        }
    }
}

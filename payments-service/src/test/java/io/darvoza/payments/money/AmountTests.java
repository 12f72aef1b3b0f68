package io.darvoza.payments.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTests {

    @ParameterizedTest
    @CsvSource({"1500.00, 150000", "1500, 150000", "0.05, 5", "0.5, 50", "0, 0", "999999999999.99, 99999999999999"})
    void readsDecimalsOfAtMostTwoDigitsBehindThePoint(String text, long minor) {
        assertThat(Amount.parse(text, Currency.RUB)).contains(new Amount(minor, Currency.RUB));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "-1",
                "+1",
                "1e3",
                "1E3",
                "NaN",
                "Infinity",
                "1.",
                ".5",
                "1.005",
                "01",
                "00.10",
                "1,50",
                "0x10",
                "1000000000000",
                "１５００",
                "١٥",
                "1_000",
                "1.5.0",
                "1.00\n"
            })
    void takesNothingElseForAnAmount(String text) {
        assertThat(Amount.parse(text, Currency.RUB)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, 0.05", "50, 0.50", "0, 0.00", "-5, -0.05", "150000, 1500.00", "-150001, -1500.01"})
    void writesAllDigitsOfTheCurrency(long minor, String text) {
        assertThat(Amount.format(minor, Currency.KZT)).isEqualTo(text);
    }

    @Test
    void anAmountIsNeitherNegativeNorBoundless() {
        assertThatThrownBy(() -> new Amount(-1, Currency.RUB)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Amount(Amount.MAX_MINOR + 1, Currency.RUB))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsItsCurrenciesByTheirCodeAlone() {
        assertThat(Currency.of("TJS")).contains(Currency.TJS);
        assertThat(Currency.of("tjs")).isEmpty();
        assertThat(Currency.of("EUR")).isEmpty();
    }
}

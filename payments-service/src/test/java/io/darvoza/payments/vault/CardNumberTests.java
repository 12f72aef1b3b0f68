package io.darvoza.payments.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumberTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2200000000000004",
                "2204000000000000",
                "4111111111111111",
                "5555555555554444",
                "4000000000000000006",
                " 2200 0000 0000 0004 "
            })
    void readsNumbersWithARightCheckDigit(String text) {
        assertThat(CardNumber.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2200000000000005",
                "220000000000004",
                "22000000000000000008",
                "2200-0000-0000-0004",
                "2200  0000 0000 0004",
                "２２００００００００００００04",
                "٢٢٠٠٠٠٠٠٠٠٠٠٠٠٠٤",
                "2200000000000004a",
                "0x00000000000000",
                "\t2200000000000004\u0000"
            })
    void refusesEveryOtherText(String text) {
        assertThat(CardNumber.parse(text)).isEmpty();
    }

    @Test
    void refusesEveryChangeOfOneDigit() {
        String number = "4111111111111111";
        for (int place = 0; place < number.length(); place++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                String changed = number.substring(0, place) + digit + number.substring(place + 1);
                assertThat(CardNumber.parse(changed).isPresent()).as(changed).isEqualTo(changed.equals(number));
            }
        }
    }

    @Test
    void showsSixDigitsAndFourAtMost() {
        CardNumber number = CardNumber.parse("2200 0000 0000 0004").orElseThrow();

        assertThat(number).hasToString("220000******0004");
        assertThat(new CardNumber("4000000000000000006").mask()).isEqualTo("400000*********0006");
        assertThat(number.reveal()).isEqualTo("2200000000000004");
        assertThat(number.bin(8)).isEqualTo("22000000");
    }
}

package io.darvoza.egov.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberVectorTests {

    @ParameterizedTest
    @CsvSource({
        "900101300017, 1990-01-01, M",
        "900101300811, 1990-01-01, M",
        "900101300700, 1990-01-01, M",
        "900101300860, 1990-01-01, M",
        "851231400011, 1985-12-31, F",
        "851231400207, 1985-12-31, F",
        "050315500014, 2005-03-15, M",
        "050315500503, 2005-03-15, M",
        "120229600019, 2012-02-29, F",
        "120229601806, 2012-02-29, F",
        "000229500018, 2000-02-29, M",
        "990630100017, 1899-06-30, M",
        "881105200019, 1888-11-05, F",
        "900101300027, 1990-01-01, M"
    })
    void aRightNumberSpellsABirth(String text, LocalDate birth, String sex) {
        Iin iin = Iin.parse(text).orElseThrow();

        assertThat(iin.hasRightCheckDigit()).isTrue();
        assertThat(iin.birthDate()).contains(birth);
        assertThat(iin.sex()).contains(sex);
    }

    @ParameterizedTest
    @CsvSource({"010229500109, true", "901301300017, true", "900101000018, false", "900101700012, false"})
    void aNumberThatSpellsNoDateIsRightAllTheSame(String text, boolean hasSex) {
        Iin iin = Iin.parse(text).orElseThrow();

        assertThat(iin.hasRightCheckDigit()).isTrue();
        assertThat(iin.birthDate()).isEmpty();
        assertThat(iin.sex().isPresent()).isEqualTo(hasSex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012", "900101300016"})
    void aWrongCheckDigitIsSeen(String text) {
        assertThat(Iin.parse(text).orElseThrow().hasRightCheckDigit()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"90010130080", "05031550059"})
    void elevenDigitsWithoutAControlDigitHaveNone(String body) {
        for (int last = 0; last < 10; last++) {
            assertThat(Iin.parse(body + last).orElseThrow().hasRightCheckDigit())
                    .as(body + last)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "90010130001",
                "9001013000170",
                "90010130001A",
                "９００１０１３０００１７",
                "٩٠٠١٠١٣٠٠٠١٧",
                "",
                "900101 300017",
                "-90010130001",
                "900101300017\n900101300017"
            })
    void whatIsNotTwelveDigitsIsNoNumber(String text) {
        assertThat(Iin.parse(text)).isEmpty();
        assertThat(Bin.parse(text)).isEmpty();
    }

    @Test
    void spacesAroundANumberDoNotMatter() {
        assertThat(Iin.parse(" 900101300017\t")).map(Iin::reveal).contains("900101300017");
    }

    @ParameterizedTest
    @ValueSource(strings = {"150140000012", "150140000305", "200451000015", "991162000109", "080243000017"})
    void organisationsHaveRightNumbers(String text) {
        Bin bin = Bin.parse(text).orElseThrow();

        assertThat(bin.hasRightCheckDigit()).isTrue();
        assertThat(bin.isOfOrganisation()).isTrue();
    }

    @Test
    void aThirteenthMonthOrAPersonsNumberIsNoOrganisation() {
        Bin thirteenth = Bin.parse("151340000017").orElseThrow();

        assertThat(thirteenth.isOfOrganisation()).isFalse();
        assertThat(thirteenth.hasRightCheckDigit()).isFalse();
        assertThat(Bin.parse("900101300017").orElseThrow().isOfOrganisation()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"N12345678, N12345678", "' n 1234-5678 ', N12345678", "012345678, 012345678"})
    void aPassportHasOneSpelling(String text, String spelled) {
        assertThat(PassportNumber.parse(text)).map(PassportNumber::reveal).contains(spelled);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "N1", "Н12345678Ж", "N1234567890123456789012", "N12345678'--", "N１２３４５６７８"})
    void whatIsNoPassportIsRefused(String text) {
        assertThat(PassportNumber.parse(text)).isEmpty();
        assertThat(PassportNumber.parse("N".repeat(100_000))).isEmpty();
    }

    @Test
    void numbersAreMaskedWhereverTheyAreShown() {
        assertThat(new Iin("900101300017")).hasToString("••••••••0017");
        assertThat(new Bin("150140000012")).hasToString("••••••••0012");
        assertThat(new PassportNumber("N12345678")).hasToString("N•••••678");
    }
}

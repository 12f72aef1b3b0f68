package io.darvoza.egov.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.egov.number.DocumentType;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class NumbersTests {

    @Test
    void readsAnArrayAndAColumn() {
        assertThat(Numbers.read(bytes("[\"1\", \"2\"]"), MediaType.APPLICATION_JSON, 9))
                .containsExactly("1", "2");
        assertThat(Numbers.read(bytes("\uFEFFiin\r\n\"1\"\r\n 2 \n\n"), Numbers.CSV, 9))
                .containsExactly("1", "2");
        assertThat(Numbers.read(bytes("1\n2"), MediaType.parseMediaType("text/csv;charset=utf-8"), 9))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "[null]", "[[\"1\"]]", "[\"1\"", "[\"1\"] []", "", "\"1\""})
    void refusesWhatIsNoArrayOfTexts(String body) {
        assertThatThrownBy(() -> Numbers.read(bytes(body), MediaType.APPLICATION_JSON, 9))
                .hasMessage("malformed_request");
    }

    @Test
    void refusesNoneAndTooMany() {
        assertThatThrownBy(() -> Numbers.read(bytes("[]"), MediaType.APPLICATION_JSON, 9))
                .hasMessage("validation_failed");
        assertThatThrownBy(() -> Numbers.read(bytes("iin\n"), Numbers.CSV, 9)).hasMessage("validation_failed");
        String million =
                IntStream.range(0, 1_000_000).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(",", "[", "]"));
        assertThatThrownBy(() -> Numbers.read(bytes(million), MediaType.APPLICATION_JSON, 1000))
                .hasMessage("too_many_items");
        assertThatThrownBy(() -> Numbers.read(bytes("1\n".repeat(1001)), Numbers.CSV, 1000))
                .hasMessage("too_many_items");
    }

    @Test
    void refusesAnotherEncoding() {
        assertThatThrownBy(() -> Numbers.read(new byte[] {(byte) 0xCF, (byte) 0xF0}, Numbers.CSV, 9))
                .hasMessage("malformed_request");
    }

    @Test
    void readsEachKind() {
        assertThat(Numbers.parse(DocumentType.IIN, "900101300017")).isPresent();
        assertThat(Numbers.parse(DocumentType.PASSPORT, "n12345678")).isPresent();
        assertThat(Numbers.parse(DocumentType.BIN, "N12345678")).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.darvoza.egov.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.egov.provider.model.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"iin\":\"1\",\"Name\":\"A\"}]",
                "{\"hits\":{\"total\":1,\"hits\":[{\"_source\":{\"iin\":1,\"NAME\":\"A\"}}]}}",
                "{\"data\":[{\"iin\":\"1\",\"name\":\"A\",\"more\":{\"deep\":1},\"none\":null}]}"
            })
    void readsAllThreeFormsOfRows(String body) {
        assertThat(read(200, body))
                .isInstanceOfSatisfying(
                        Answer.Rows.class,
                        rows -> assertThat(rows.rows()).containsExactly(Map.of("iin", "1", "name", "A")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html></html>",
                "",
                "{\"message\":\"dataset is closed\"}",
                "[1, 2]",
                "[{\"iin\":\"1\"",
                "null",
                "\"text\""
            })
    void anythingElseWith200IsAFailureThatCounts(String body) {
        assertThat(read(200, body)).isEqualTo(new Answer.Failure(Reason.UPSTREAM_FORMAT, false, true, null));
    }

    @Test
    void anErrorAboutTheKeyIsOne() {
        assertThat(read(200, "{\"error\":\"Неверный ключ\"}"))
                .isEqualTo(new Answer.Failure(Reason.UPSTREAM_AUTH, false, true, null));
    }

    @ParameterizedTest
    @CsvSource({
        "400, UPSTREAM_REFUSED, false, false",
        "401, UPSTREAM_AUTH, false, false",
        "403, UPSTREAM_AUTH, false, false",
        "404, CONFIG_ERROR, false, false",
        "429, UPSTREAM_RATE, true, false",
        "500, UPSTREAM_ERROR, true, true",
        "503, UPSTREAM_ERROR, true, true",
        "504, UPSTREAM_TIMEOUT, true, true",
        "302, UPSTREAM_FORMAT, false, true"
    })
    void statusesAreTheErrorTables(int status, Reason reason, boolean repeat, boolean counts) {
        assertThat(read(status, "[]")).isEqualTo(new Answer.Failure(reason, repeat, counts, null));
    }

    @Test
    void restIsTakenInSecondsOnly() {
        assertThat(AnswerReader.read(429, "7", new byte[0]))
                .isEqualTo(new Answer.Failure(Reason.UPSTREAM_RATE, true, false, Duration.ofSeconds(7)));
        assertThat(AnswerReader.read(429, "Sat, 21 Nov 2026 00:00:00 GMT", new byte[0]))
                .isEqualTo(new Answer.Failure(Reason.UPSTREAM_RATE, true, false, null));
    }

    @Test
    void valuesCannotBreakALineOrTurnItsDirection() {
        assertThat(read(200, "[{\"name\":\"A\\r\\nB\\u202eC\\u0000\"}]"))
                .isInstanceOfSatisfying(
                        Answer.Rows.class, rows -> assertThat(rows.rows()).containsExactly(Map.of("name", "ABC")));
    }

    private static Answer read(int status, String body) {
        return AnswerReader.read(status, null, body.getBytes(StandardCharsets.UTF_8));
    }
}

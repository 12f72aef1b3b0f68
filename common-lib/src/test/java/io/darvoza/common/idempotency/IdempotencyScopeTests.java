package io.darvoza.common.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdempotencyScopeTests {

    static Stream<String> unusableKeys() {
        return Stream.of("", " ", "a b", "a\tb", "a\nb", "ключ", "\u007F", "a\0", "x".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("unusableKeys")
    void aKeyIsVisibleAsciiOfBoundedLength(String key) {
        assertThatThrownBy(() -> new IdempotencyScope("user:1", "documents.upload", key))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(CommonProblem.INVALID_IDEMPOTENCY_KEY));
    }

    @Test
    void theLongestKeyHas255Characters() {
        assertThat(new IdempotencyScope("user:1", "documents.upload", "~!".repeat(127) + "x").key())
                .hasSize(255);
    }

    @Test
    void scopesDifferInTheirLock() {
        assertThat(Stream.of(
                                new IdempotencyScope("user:1", "upload", "k"),
                                new IdempotencyScope("user:2", "upload", "k"),
                                new IdempotencyScope("user:1", "delete", "k"),
                                new IdempotencyScope("user:1", "upload", "l"),
                                new IdempotencyScope("user:1upload", "k", "k"))
                        .map(IdempotencyScope::lockNumber))
                .doesNotHaveDuplicates();
    }

    @Test
    void partsOfAFingerprintDoNotRunIntoEachOther() {
        assertThat(Fingerprint.of("ab", "c")).isNotEqualTo(Fingerprint.of("a", "bc"));
        assertThat(Fingerprint.of("a", "b")).isEqualTo(Fingerprint.of("a", "b"));
    }

    @Test
    void aReplayIsMarked() {
        var answer = Answer.of(201, "{\"id\":1}").withHeader("Location", "/v1/documents/1");

        assertThat(answer.toResponse().getHeaders().containsHeader(Answer.REPLAYED_HEADER))
                .isFalse();
        var replay = answer.asReplay().toResponse();
        assertThat(replay.getHeaders().getFirst(Answer.REPLAYED_HEADER)).isEqualTo("true");
        assertThat(replay.getHeaders().getFirst("Location")).isEqualTo("/v1/documents/1");
        assertThat(replay.getStatusCode().value()).isEqualTo(201);
        assertThat(replay.getBody()).isEqualTo("{\"id\":1}");
    }

    @Test
    void aRefusalIsNoAnswerToKeep() {
        assertThatThrownBy(() -> Answer.of(404, "{}")).isInstanceOf(IllegalArgumentException.class);
    }
}

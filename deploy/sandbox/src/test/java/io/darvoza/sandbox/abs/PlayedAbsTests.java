package io.darvoza.sandbox.abs;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.sandbox.abs.Manner.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PlayedAbsTests {

    private final List<ProducerRecord<String, String>> sent = new CopyOnWriteArrayList<>();
    private final PlayedAbs abs =
            new PlayedAbs(new AbsAnswers(sent::add, JsonMapper.builder().build()));

    @AfterEach
    void close() {
        abs.destroy();
    }

    @Test
    void isSilentUntilItIsToldOtherwise() {
        abs.hear(7, 1);
        abs.behave(manner(Kind.ANSWERING));
        abs.hear(8, 2);

        await(1);
        assertThat(sent.getFirst().key()).isEqualTo("8");
        assertThat(sent.getFirst().value()).isEqualTo("{\"document_id\":8,\"version\":2,\"status\":\"approved\"}");
    }

    @Test
    void answersTwiceUnderOneId() {
        answer(Kind.TWICE);

        await(2);
        assertThat(header(0, "ce_id")).isEqualTo(header(1, "ce_id"));
    }

    @Test
    void answersOutOfOrder() {
        answer(Kind.OUT_OF_ORDER);

        await(2);
        assertThat(sent.get(0).value()).contains("processed");
        assertThat(header(0, "ce_aggregateversion")).isEqualTo("2");
        assertThat(sent.get(1).value()).contains("approved");
        assertThat(header(1, "ce_aggregateversion")).isEqualTo("1");
    }

    @Test
    void talksNonsense() {
        answer(Kind.NONSENSE);

        await(3);
        assertThat(sent).extracting(ProducerRecord::value).anyMatch(value -> value.startsWith("{not"));
    }

    @Test
    void knowsNothingOfWhatItHasNotHeardOf() {
        assertThat(abs.answer(9, manner(Kind.ANSWERING))).isEmpty();
    }

    private void answer(Kind kind) {
        abs.hear(7, 1);
        assertThat(abs.answer(7, manner(kind))).isPresent();
    }

    private void await(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> sent.size() == count);
    }

    private String header(int index, String name) {
        return new String(sent.get(index).headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Manner manner(Kind kind) {
        return new Manner(kind, null, null, null);
    }
}

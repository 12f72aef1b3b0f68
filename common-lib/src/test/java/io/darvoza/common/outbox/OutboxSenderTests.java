package io.darvoza.common.outbox;

import static io.darvoza.common.outbox.OutboxFixtures.event;
import static io.darvoza.common.outbox.OutboxFixtures.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;
import org.springframework.kafka.support.ProducerListener;

class OutboxSenderTests {

    private static final Duration BOUND = Duration.ofSeconds(5);

    private final MockProducer<String, String> broker =
            new MockProducer<>(false, null, new StringSerializer(), new StringSerializer()) {

                /** The template gives its producer back after each event; the real factory then keeps it. */
                @Override
                public void close(Duration timeout) {}
            };
    private final OutboxSender sender = new OutboxSender(template(), Duration.ofSeconds(1));

    private final List<OutboxRow> rows = List.of(row(1, "a"), row(2, "a"), row(3, "b"), row(4, "a"));

    @Test
    void anEventIsSentOnlyAfterTheOneBeforeWasAcknowledged() {
        var outcome = sending();

        eventually(BOUND, () -> assertThat(keys()).containsExactly("a", "b"));
        acknowledge();
        acknowledge();
        eventually(BOUND, () -> assertThat(keys()).containsExactly("a", "b", "a"));
        acknowledge();
        eventually(BOUND, () -> assertThat(keys()).containsExactly("a", "b", "a", "a"));
        acknowledge();

        assertThat(outcome.join().sent()).containsExactly(1L, 3L, 2L, 4L);
        assertThat(outcome.join().refused()).isEmpty();
        assertThat(outcome.join().unavailable()).isNull();
    }

    @Test
    void whenTheBrokerIsAwayNothingMoreIsSent() {
        var outcome = sending();

        eventually(BOUND, () -> assertThat(keys()).hasSize(2));
        broker.errorNext(new TimeoutException("away"));
        acknowledge();

        assertThat(outcome.join().sent()).containsExactly(3L);
        assertThat(outcome.join().unavailable()).isInstanceOf(Exception.class);
        assertThat(keys()).as("nothing after the failed one").containsExactly("a", "b");
    }

    @Test
    void aRefusedEventStopsItsLaneAlone() {
        var outcome = sending();

        eventually(BOUND, () -> assertThat(keys()).hasSize(2));
        broker.errorNext(new RecordTooLargeException("large"));
        acknowledge();

        assertThat(outcome.join().sent()).containsExactly(3L);
        assertThat(outcome.join().unavailable()).isNull();
        assertThat(outcome.join().refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.row().id()).isEqualTo(1));
        assertThat(keys()).containsExactly("a", "b");
    }

    @Test
    void anEventThatCannotBeHandedOverEndsTheRound() {
        broker.sendException = new TimeoutException("no metadata");

        var outcome = sending().join();

        assertThat(outcome.sent()).isEmpty();
        assertThat(outcome.unavailable()).isNotNull();
        assertThat(keys()).isEmpty();
    }

    @Test
    void anAcknowledgementThatNeverComesIsNotWaitedForForEver() {
        var outcome = sending().join();

        assertThat(outcome.sent()).isEmpty();
        assertThat(outcome.unavailable()).isInstanceOf(java.util.concurrent.TimeoutException.class);
    }

    private CompletableFuture<OutboxSender.Outcome> sending() {
        var outcome = new CompletableFuture<OutboxSender.Outcome>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(sender.send(rows));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    private void acknowledge() {
        assertThat(broker.completeNext()).isTrue();
    }

    private List<String> keys() {
        return broker.history().stream().map(ProducerRecord::key).toList();
    }

    private KafkaTemplate<String, String> template() {
        var template = new KafkaTemplate<>(new MockProducerFactory<>(() -> broker));
        template.setProducerListener(new ProducerListener<>() {});
        return template;
    }

    private static OutboxRow row(long id, String key) {
        return new OutboxRow(id, new OutboxRow.Lane("topic", key), event(key, id));
    }
}

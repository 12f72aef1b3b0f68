package io.darvoza.common.outbox;

import io.darvoza.common.event.CloudEventHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;

/**
 * Sends events and waits for the broker's acknowledgement.
 *
 * <p>Of one lane an event is sent only after the one before was acknowledged. So whatever fails, and whenever, the broker never
 * gets a later event of a lane before an earlier one; different lanes are sent together.
 */
final class OutboxSender implements AutoCloseable {

    /** Until the producer must know the topic's partitions; the producer waits for that on the relay's thread. */
    private static final Duration METADATA_BOUND = Duration.ofSeconds(2);

    private final KafkaTemplate<String, String> kafka;
    private final Duration bound;

    OutboxSender(KafkaTemplate<String, String> kafka, Duration sendTimeout) {
        this.kafka = kafka;
        this.bound = sendTimeout.plus(METADATA_BOUND);
    }

    /** Sends by a producer of its own: acknowledged by all replicas, idempotent, without delay, with short time-outs. */
    static OutboxSender of(ProducerFactory<String, String> producers, Duration sendTimeout) {
        int timeout = Math.toIntExact(sendTimeout.toMillis());
        var kafka = new KafkaTemplate<>(
                producers,
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        METADATA_BOUND.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        timeout / 5 * 3,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        timeout,
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                        StringSerializer.class,
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                        StringSerializer.class));
        // Spring's own listener would log the data of an event that fails.
        kafka.setProducerListener(new ProducerListener<>() {});
        return new OutboxSender(kafka, sendTimeout);
    }

    @Override
    public void close() {
        kafka.destroy();
    }

    /**
     * What became of a batch. Events in neither list were not acknowledged and are to be sent again.
     *
     * @param unavailable why the broker could not be reached, if it could not
     */
    record Outcome(
            List<Long> sent,
            List<Refused> refused,
            @Nullable Throwable unavailable) {}

    /** An event that the broker, or the producer, will not take as it is. */
    record Refused(OutboxRow row, Throwable reason) {}

    private record Sending(OutboxRow row, CompletableFuture<?> acknowledgement) {}

    Outcome send(List<OutboxRow> rows) throws InterruptedException {
        var lanes = new LinkedHashMap<OutboxRow.Lane, Queue<OutboxRow>>();
        rows.forEach(row ->
                lanes.computeIfAbsent(row.lane(), _ -> new ArrayDeque<>()).add(row));
        var sent = new ArrayList<Long>(rows.size());
        var refused = new ArrayList<Refused>();
        Throwable unavailable = null;
        while (!lanes.isEmpty() && unavailable == null) {
            for (Sending sending : sendFirstOfEach(lanes)) {
                Throwable failure = failureOf(sending.acknowledgement());
                if (failure == null) {
                    sent.add(sending.row().id());
                    advance(lanes, sending.row().lane());
                } else if (isPassing(failure)) {
                    unavailable = failure;
                } else {
                    refused.add(new Refused(sending.row(), failure));
                    lanes.remove(sending.row().lane());
                }
            }
        }
        return new Outcome(sent, refused, unavailable);
    }

    /** Stops at the first that cannot even be handed over, because handing over waits for the broker. */
    private List<Sending> sendFirstOfEach(Map<OutboxRow.Lane, Queue<OutboxRow>> lanes) {
        var wave = new ArrayList<Sending>(lanes.size());
        for (Queue<OutboxRow> lane : lanes.values()) {
            OutboxRow row = lane.element();
            CompletableFuture<?> acknowledgement = handOver(row);
            wave.add(new Sending(row, acknowledgement));
            if (acknowledgement.isCompletedExceptionally()) {
                break;
            }
        }
        return wave;
    }

    private CompletableFuture<?> handOver(OutboxRow row) {
        try {
            return kafka.send(
                    CloudEventHeaders.toRecord(row.lane().topic(), row.lane().key(), row.event()));
        } catch (KafkaException | org.apache.kafka.common.KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private @Nullable Throwable failureOf(CompletableFuture<?> acknowledgement) throws InterruptedException {
        try {
            acknowledgement.get(bound.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            return e;
        }
    }

    private static void advance(Map<OutboxRow.Lane, Queue<OutboxRow>> lanes, OutboxRow.Lane lane) {
        Queue<OutboxRow> rows = lanes.get(lane);
        if (rows != null) {
            rows.remove();
            if (rows.isEmpty()) {
                lanes.remove(lane);
            }
        }
    }

    /** Whether another try can help without anything being changed: the broker is away, or the topic is not made yet. */
    private static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}

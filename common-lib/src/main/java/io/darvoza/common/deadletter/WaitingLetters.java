package io.darvoza.common.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The letters of one dead-letter topic between what was replayed and what lay there at the moment of looking: a letter that comes
 * back meanwhile is not among them.
 */
final class WaitingLetters {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> ends;

    WaitingLetters(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, OffsetAndMetadata> replayed = consumer.committed(begins.keySet());
        ends = consumer.endOffsets(partitions);
        begins.forEach((partition, begin) -> next.put(partition, first(partition, begin, replayed.get(partition))));
    }

    /** Kafka may have deleted what was replayed, and a topic that was made anew starts at zero. */
    private long first(TopicPartition partition, long begin, @Nullable OffsetAndMetadata replayed) {
        return replayed == null || replayed.offset() > endOf(partition) ? begin : Math.max(begin, replayed.offset());
    }

    private long endOf(TopicPartition partition) {
        return Objects.requireNonNull(ends.get(partition));
    }

    /** How far it has come, by partition. */
    Map<TopicPartition, OffsetAndMetadata> position() {
        Map<TopicPartition, OffsetAndMetadata> position = new HashMap<>();
        next.forEach((partition, offset) -> position.put(partition, new OffsetAndMetadata(offset)));
        return position;
    }

    /** How many wait that were not handed over yet. */
    long count() {
        return next.entrySet().stream()
                .mapToLong(entry -> endOf(entry.getKey()) - entry.getValue())
                .sum();
    }

    /**
     * Hands over what waits, batch by batch, of one partition in its order, until it is done or the limit is reached.
     *
     * @param patience longest wait for a batch; then {@link TimeoutException}
     */
    void read(long limit, Duration patience, Consumer<List<ConsumerRecord<byte[], byte[]>>> batch) {
        next.forEach(consumer::seek);
        long left = limit;
        long deadline = System.nanoTime() + patience.toNanos();
        while (left > 0 && count() > 0) {
            List<ConsumerRecord<byte[], byte[]>> letters = waitingOf(consumer.poll(POLL), left);
            if (!letters.isEmpty()) {
                batch.accept(letters);
                left -= letters.size();
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("no letter came within " + patience);
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> waitingOf(ConsumerRecords<byte[], byte[]> polled, long limit) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        next.replaceAll((partition, from) -> {
            for (ConsumerRecord<byte[], byte[]> letter : polled.records(partition)) {
                if (letter.offset() >= endOf(partition)) {
                    break;
                }
                if (letters.size() == limit) {
                    return letter.offset();
                }
                letters.add(letter);
            }
            // Not the last letter's offset: some offsets hold nothing.
            return Math.clamp(consumer.position(partition), from, endOf(partition));
        });
        return letters;
    }
}

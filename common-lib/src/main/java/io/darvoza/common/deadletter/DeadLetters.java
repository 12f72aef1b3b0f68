package io.darvoza.common.deadletter;

import io.darvoza.common.event.DeadLetterHeaders;
import io.darvoza.common.event.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters of topics. What was replayed is remembered by the offsets of one consumer group that all services share, since
 * they share the dead-letter topics too.
 *
 * <p>Its methods wait for the broker, within the bounds of the properties, and throw {@link KafkaException}.
 */
final class DeadLetters {

    static final String GROUP = "dead-letters";

    private final Map<String, Object> consumerSettings;
    private final Map<String, Object> producerSettings;
    private final DeadLetterProperties properties;
    private final ReentrantLock replaying = new ReentrantLock();

    DeadLetters(Map<String, Object> consumer, Map<String, Object> producer, DeadLetterProperties properties) {
        int timeout = Math.toIntExact(properties.timeout().toMillis());
        this.consumerSettings = new HashMap<>(consumer);
        consumerSettings.putAll(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                GROUP,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Math.min(properties.replayed(), 500),
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                timeout,
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                timeout));
        this.producerSettings = new HashMap<>(producer);
        producerSettings.putAll(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                timeout,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                timeout,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                timeout));
        this.properties = properties;
    }

    /** What waits of a topic; the oldest of those that are shown come first. */
    Waiting waiting(String topic) {
        try (var consumer = consumer()) {
            var waiting = new WaitingLetters(consumer, topic + Topics.DEAD_LETTER_SUFFIX);
            long count = waiting.count();
            List<DeadLetter> letters = new ArrayList<>();
            waiting.read(
                    properties.shown(),
                    properties.timeout(),
                    batch -> batch.stream().map(DeadLetter::of).forEach(letters::add));
            letters.sort(Comparator.comparing(DeadLetter::at));
            return new Waiting(topic, count, letters);
        }
    }

    /**
     * Sends what waits of a topic to the topic again, with the key and headers that it had; of one key in the order in which it
     * was given up. After each batch that the broker has acknowledged the place is remembered: what is sent twice after a crash
     * is for the consumers' inboxes.
     */
    Replay replay(String topic) {
        replaying.lock();
        try (var consumer = consumer();
                var producer =
                        new KafkaProducer<>(producerSettings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var waiting = new WaitingLetters(consumer, topic + Topics.DEAD_LETTER_SUFFIX);
            long before = waiting.count();
            waiting.read(properties.replayed(), properties.timeout(), batch -> {
                send(producer, topic, batch);
                consumer.commitSync(waiting.position());
            });
            return new Replay(topic, before - waiting.count(), waiting.count());
        } finally {
            replaying.unlock();
        }
    }

    private static void send(
            Producer<byte[], byte[]> producer, String topic, List<ConsumerRecord<byte[], byte[]>> letters) {
        List<Future<?>> acknowledgements = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            acknowledgements.add(producer.send(new ProducerRecord<>(
                    topic, null, letter.key(), letter.value(), DeadLetterHeaders.without(letter.headers()))));
        }
        try {
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException refused) {
            throw new KafkaException("not all letters were taken", refused.getCause());
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * What lies in the dead-letter topic of a topic and was not replayed.
     *
     * @param waiting how many
     * @param letters not more than are shown
     */
    record Waiting(String topic, long waiting, List<DeadLetter> letters) {}

    /**
     * What a replay did.
     *
     * @param replayed how many were sent again
     * @param waiting how many more waited than one replay sends
     */
    record Replay(String topic, long replayed, long waiting) {}
}

package io.darvoza.common.deadletter;

import io.darvoza.common.event.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * What is shown of a dead letter: enough to find it in the log, and nothing of its data.
 *
 * @param at when it was given up
 * @param place partition and offset in the dead-letter topic, as {@code 2@17}
 * @param key of the record: the id of the aggregate
 * @param type of the event; absent when the record is none
 * @param id of the event; absent when the record is none
 * @param group of the consumers that gave it up
 * @param cause code of the problem or class of the fault; messages of faults may quote data
 */
record DeadLetter(
        Instant at,
        String place,
        @Nullable String key,
        @Nullable String type,
        @Nullable String id,
        @Nullable String group,
        @Nullable String cause) {

    private static final int LONGEST = 128;

    static DeadLetter of(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = letter.headers();
        return new DeadLetter(
                Instant.ofEpochMilli(letter.timestamp()),
                letter.partition() + "@" + letter.offset(),
                text(letter.key()),
                header(headers, "ce_type"),
                header(headers, "ce_id"),
                header(headers, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP),
                header(headers, DeadLetterHeaders.CAUSE));
    }

    private static @Nullable String header(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null ? null : text(header.value());
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}

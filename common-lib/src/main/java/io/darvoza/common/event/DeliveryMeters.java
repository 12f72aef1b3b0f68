package io.darvoza.common.event;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.RetryListener;

/** Counts deliveries that failed ({@code darvoza.events.failed}) and records given up ({@code darvoza.events.dead}), by topic. */
final class DeliveryMeters implements RetryListener {

    private static final Logger log = LoggerFactory.getLogger(DeliveryMeters.class);

    private final MeterRegistry meters;

    DeliveryMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void failedDelivery(ConsumerRecord<?, ?> message, @Nullable Exception failure, int attempt) {
        meters.counter("darvoza.events.failed", "topic", message.topic()).increment();
        log.warn(
                "delivery {} of {}-{}@{} failed: {}",
                attempt,
                message.topic(),
                message.partition(),
                message.offset(),
                rootOf(failure));
    }

    @Override
    public void recovered(ConsumerRecord<?, ?> message, @Nullable Exception failure) {
        meters.counter("darvoza.events.dead", "topic", message.topic()).increment();
        log.error(
                "{}-{}@{} is given up and lies in {}{}: {}",
                message.topic(),
                message.partition(),
                message.offset(),
                message.topic(),
                Topics.DEAD_LETTER_SUFFIX,
                rootOf(failure));
    }

    /** As text: a throwable as the last argument would be logged with its whole stack. */
    private static String rootOf(@Nullable Exception failure) {
        return failure == null
                ? "no reason given"
                : NestedExceptionUtils.getMostSpecificCause(failure).toString();
    }
}

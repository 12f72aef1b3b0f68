package io.darvoza.common.event;

import java.lang.reflect.Type;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.converter.MessagingMessageConverter;

/** Lets a {@code @KafkaListener} take a {@link SuiteEvent} as its argument. Other argument types get the value as it is. */
final class SuiteEventConverter extends MessagingMessageConverter {

    @Override
    protected Object extractAndConvertValue(ConsumerRecord<?, ?> message, @Nullable Type type) {
        return type == SuiteEvent.class
                ? CloudEventHeaders.toEvent(message)
                : super.extractAndConvertValue(message, type);
    }
}

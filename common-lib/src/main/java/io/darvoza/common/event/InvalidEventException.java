package io.darvoza.common.event;

import org.springframework.kafka.support.converter.ConversionException;

/** A Kafka record that is no event of the suite. It is not tried again: it goes to the dead-letter topic. */
public final class InvalidEventException extends ConversionException {

    InvalidEventException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.darvoza.common.outbox;

import io.darvoza.common.event.SuiteEvent;

/**
 * An event that waits to be sent.
 *
 * @param id gives the order of sending
 */
record OutboxRow(long id, Lane lane, SuiteEvent event) {

    /** Events of one topic and key, which are sent one after the other. */
    record Lane(String topic, String key) {}
}

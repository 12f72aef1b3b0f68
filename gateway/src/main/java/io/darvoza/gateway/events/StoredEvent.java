package io.darvoza.gateway.events;

/**
 * An event as it lies in its owner's stream.
 *
 * @param id the stream's id of it
 * @param type the event's type
 * @param json the event as one line of CloudEvents JSON
 */
record StoredEvent(String id, String type, String json) {}

package io.darvoza.common.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of the suite: the attributes of CloudEvents 1.0 with the suite's extensions, and its data as JSON.
 *
 * @param id UUIDv7, the same on every delivery
 * @param type {@code service.aggregate.what.v1}, such as {@code banking-docs.document.uploaded.v1}
 * @param source {@code /} and the producing service's name
 * @param time when it happened, UTC
 * @param subject id of the aggregate
 * @param aggregateVersion version of the aggregate after the change; consumers ignore what is older than they have seen
 * @param owner whose event it is
 * @param traceparent W3C trace context of the change, if it was traced
 * @param json the data: a flat JSON object without personal data
 */
public record SuiteEvent(
        UUID id,
        String type,
        String source,
        Instant time,
        String subject,
        long aggregateVersion,
        EventOwner owner,
        @Nullable String traceparent,
        String json) {

    public SuiteEvent {
        if (type.isBlank() || source.isBlank() || subject.isBlank() || json.isBlank()) {
            throw new IllegalArgumentException("an event has a type, a source, a subject and data");
        }
        if (aggregateVersion < 0) {
            throw new IllegalArgumentException("an aggregate's version is not negative");
        }
    }

    /** The same with this trace context, unless it has one. */
    public SuiteEvent within(@Nullable String trace) {
        return traceparent == null && trace != null
                ? new SuiteEvent(id, type, source, time, subject, aggregateVersion, owner, trace, json)
                : this;
    }
}

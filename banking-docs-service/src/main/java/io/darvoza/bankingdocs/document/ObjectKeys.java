package io.darvoza.bankingdocs.document;

import io.darvoza.common.id.TimeOrderedIds;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Keys of documents in the object store: {@code documents/<UUIDv7>}. They say nothing of client or document, and sort by the
 * time at which they were made, so that recent objects can be listed without the archive.
 */
@Component
final class ObjectKeys {

    static final String PREFIX = "documents/";

    private final TimeOrderedIds ids;

    ObjectKeys(TimeOrderedIds ids) {
        this.ids = ids;
    }

    String next() {
        return PREFIX + ids.next();
    }

    /** A key that sorts before every one made at an instant or later, and after every earlier one. */
    static String before(Instant instant) {
        return PREFIX + new UUID(instant.toEpochMilli() << 16, 0);
    }
}

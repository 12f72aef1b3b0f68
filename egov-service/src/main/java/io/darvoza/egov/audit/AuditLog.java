package io.darvoza.egov.audit;

import java.util.Map;
import reactor.core.publisher.Mono;

/** Where a use case leaves what somebody did. */
public interface AuditLog {

    /**
     * Writes an entry in the caller's transaction: it is there if and only if the change is. Entries are never changed.
     *
     * @param actor {@code user:<subject>}, {@code client:<client id>} or {@code command}
     * @param action what was done, in the past tense, such as {@code setting_changed}
     * @param objectKind what it was done to, such as {@code setting}
     * @param details what else is to be known; neither secrets nor personal data
     */
    Mono<Void> write(String actor, String action, String objectKind, String objectId, Map<String, ?> details);
}

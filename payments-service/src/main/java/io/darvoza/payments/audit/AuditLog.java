package io.darvoza.payments.audit;

import io.darvoza.common.database.Write;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Where a use case leaves what somebody did. */
public interface AuditLog {

    /**
     * Writes an entry in the caller's transaction: it is there if and only if the change is. Entries are never changed.
     *
     * @param actor {@code user:<subject>}, {@code client:<client id>} or {@code system:<job>}
     * @param action what was done, in the past tense, such as {@code partner_created}
     * @param objectKind what it was done to, such as {@code partner}
     * @param before the object's state as JSON will show it, so without personal data; null for a new object
     * @param after likewise; null for one that is gone
     */
    Mono<Void> write(
            String actor,
            String action,
            String objectKind,
            String objectId,
            @Nullable Object before,
            @Nullable Object after,
            @Nullable String traceId);

    /** The same for {@link Write#together}, without a trace. */
    Write entry(
            String actor,
            String action,
            String objectKind,
            String objectId,
            @Nullable Object before,
            @Nullable Object after);
}

package io.darvoza.payments.webhook;

import io.darvoza.common.database.Write;
import io.darvoza.common.problem.CommonProblem;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Callbacks to partners. */
public interface Webhooks {

    /** Writes the {@link #message}. */
    Mono<Void> enqueue(PaymentSnapshot snapshot);

    /**
     * The message for every endpoint of the partner that asked for its type, to be written inside the caller's transaction: it is
     * sent if, and only if, that commits. Nothing is written for a partner without endpoints.
     */
    Write message(PaymentSnapshot snapshot);

    /**
     * Whether an order's own callback address will do: as every endpoint's, and at the origin of one that the partner has, whose
     * secret signs what goes there. Raises {@link CommonProblem#VALIDATION_FAILED} at {@code /callback_url} when it will not.
     */
    Mono<Void> requireCallable(UUID partnerId, String callbackUrl);
}

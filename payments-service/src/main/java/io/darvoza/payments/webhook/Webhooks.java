package io.darvoza.payments.webhook;

import reactor.core.publisher.Mono;

/** Callbacks to partners. */
public interface Webhooks {

    /**
     * Writes the message for every endpoint of the partner that asked for its type, inside the caller's transaction: it is sent
     * if, and only if, that commits. Nothing happens for a partner without endpoints.
     */
    Mono<Void> enqueue(PaymentSnapshot snapshot);
}

package io.darvoza.payments.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The endpoints of all partners; deleted ones are not there. */
interface Endpoints {

    /** What a partner says of an endpoint. */
    record Wish(String url, @Nullable String description, List<String> eventTypes, boolean active) {}

    Mono<Endpoint> add(UUID partnerId, Wish wish, WebhookSecret secret);

    /** Newest first. */
    Flux<Endpoint> of(UUID partnerId);

    /** Empty when the partner has none with this id. */
    Mono<Endpoint> find(UUID partnerId, UUID id);

    /** How many the partner has. Locks the partner, so that two new ones do not both take the last place. */
    Mono<Long> countOf(UUID partnerId);

    /** Empty when there is none. Enabling one takes its failures away. */
    Mono<Endpoint> change(UUID partnerId, UUID id, Wish wish);

    /** Gives the endpoint another secret; the one before goes on signing until then. */
    Mono<Endpoint> renewSecret(UUID partnerId, UUID id, WebhookSecret secret, Instant previousUntil);

    /** Empty when there was none. What waited for it has failed. */
    Mono<Endpoint> delete(UUID partnerId, UUID id);
}

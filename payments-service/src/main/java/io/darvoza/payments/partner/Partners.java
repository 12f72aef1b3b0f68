package io.darvoza.payments.partner;

import java.util.UUID;
import reactor.core.publisher.Mono;

/** The partners, blocked ones too. */
public interface Partners {

    /** The partner of a Keycloak client; empty when the client has none. */
    Mono<Partner> ofClient(String clientId);

    /** The partner with an id; empty when there is none. */
    Mono<Partner> find(UUID id);
}

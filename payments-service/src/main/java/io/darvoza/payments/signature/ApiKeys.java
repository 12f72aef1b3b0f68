package io.darvoza.payments.signature;

import io.darvoza.payments.signature.model.AddressRange;
import io.darvoza.payments.signature.model.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The keys of all partners. Each call is one statement or joins the caller's transaction. */
public interface ApiKeys {

    /** What a new key shall be. */
    record Wish(
            String label,
            Set<Scope> scopes,
            List<AddressRange> addresses,
            @Nullable Instant expiresAt) {

        /** A key for everything, from everywhere, for good: what a partner starts with. */
        public static Wish forEverything(String label) {
            return new Wish(label, Set.of(Scope.values()), List.of(), null);
        }
    }

    /** A new key with a secret that is made here. */
    Mono<IssuedKey> issue(UUID partnerId, Wish wish, String actor);

    /** A key with a given id and secret, for data of a local run; leaves one that is there as it is. */
    Mono<Void> keep(UUID id, UUID partnerId, Wish wish, KeySecret secret);

    /** The partner's keys, newest first, revoked ones too. */
    Flux<ApiKey> of(UUID partnerId);

    /** A key by its id, whoever has it; empty when there is none. */
    Mono<StoredKey> find(UUID id);

    /** Lets the key expire at that time at the latest and names its successor; empty when it does not count any more. */
    Mono<ApiKey> succeed(ApiKey key, UUID successor, Instant endsAt, Instant now);

    /** Ends a key of the partner now; empty when there is none that is not revoked. */
    Mono<ApiKey> revoke(UUID partnerId, UUID id, String actor);

    /** How many keys of the partner count now. Locks the partner, so that two new keys do not both take the last place. */
    Mono<Long> countingOf(UUID partnerId);

    /**
     * Notes that the key was used with this nonce. False when it was used with it before: the request is a replay.
     */
    Mono<Boolean> use(UUID id, UUID nonce);

    /**
     * A key with its secret.
     *
     * @param clientId the client whose token must come along
     */
    record StoredKey(ApiKey key, KeySecret secret, String clientId) {}
}

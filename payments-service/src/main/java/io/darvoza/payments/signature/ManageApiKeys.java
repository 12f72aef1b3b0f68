package io.darvoza.payments.signature;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.signature.model.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** What a partner does with its own keys. Each change is one transaction. */
@Service
public final class ManageApiKeys {

    private final ApiKeys keys;
    private final AuditLog audit;
    private final SignatureProperties properties;
    private final TransactionalOperator transaction;
    private final Clock clock;

    ManageApiKeys(
            ApiKeys keys,
            AuditLog audit,
            SignatureProperties properties,
            TransactionalOperator transaction,
            Clock clock) {
        this.keys = keys;
        this.audit = audit;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A new key. One that a key asks for gets no scope which that key lacks, or the narrowest key would be worth the widest.
     *
     * @param signer the key that signed the request; null for a person
     */
    Mono<IssuedKey> issue(UUID partnerId, ApiKeys.Wish wish, @Nullable ApiKey signer, String actor) {
        if (signer != null && !signer.scopes().containsAll(wish.scopes())) {
            return Mono.error(CommonProblem.FORBIDDEN.exception().with("required_scopes", words(wish.scopes())));
        }
        return place(partnerId)
                .then(keys.issue(partnerId, wish, actor))
                .flatMap(issued ->
                        told(actor, "api_key_issued", null, issued.key()).thenReturn(issued))
                .as(transaction::transactional);
    }

    /** What a person asks a new key to be, as it was typed. */
    public record NewKey(String label, List<String> scopes, List<String> addresses) {}

    /** A new key that a person asks for. Raises {@link CommonProblem#VALIDATION_FAILED} that names what is wrong. */
    public Mono<IssuedKey> issue(UUID partnerId, NewKey key, String actor) {
        return Mono.defer(() -> issue(
                partnerId,
                new ApiKeyRequest(key.label(), key.scopes(), key.addresses(), null).toWish(clock.instant()),
                null,
                actor));
    }

    /** A new key in place of one, which a person asks for; the old one counts until the usual overlap is over. */
    public Mono<IssuedKey> rotate(UUID partnerId, UUID id, String actor) {
        return rotate(partnerId, id, null, null, actor);
    }

    /** A new key of the same kind; the old one counts until the overlap is over. */
    Mono<IssuedKey> rotate(UUID partnerId, UUID id, @Nullable Duration overlap, @Nullable ApiKey signer, String actor) {
        Instant now = clock.instant();
        Instant endsAt = now.plus(overlap == null ? properties.overlap() : overlap);
        return own(partnerId, id)
                .flatMap(old -> place(partnerId)
                        .then(issueLike(old, signer, actor))
                        .flatMap(next -> keys.succeed(old, next.key().id(), endsAt, now)
                                .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                                .flatMap(ended -> told(actor, "api_key_rotated", old, ended))
                                .thenReturn(next)))
                .as(transaction::transactional);
    }

    private Mono<IssuedKey> issueLike(ApiKey old, @Nullable ApiKey signer, String actor) {
        if (signer != null && !signer.scopes().containsAll(old.scopes())) {
            return Mono.error(CommonProblem.FORBIDDEN.exception().with("required_scopes", words(old.scopes())));
        }
        var wish = new ApiKeys.Wish(old.label(), old.scopes(), old.addresses(), old.expiresAt());
        return keys.issue(old.partnerId(), wish, actor);
    }

    /** Ends a key at once: the next request that it signs is refused. */
    public Mono<Void> revoke(UUID partnerId, UUID id, String actor) {
        return own(partnerId, id)
                .flatMap(key ->
                        keys.revoke(partnerId, id, actor).flatMap(ended -> told(actor, "api_key_revoked", key, ended)))
                .as(transaction::transactional);
    }

    private Mono<Void> told(String actor, String action, @Nullable ApiKey before, ApiKey after) {
        Instant now = clock.instant();
        return audit.write(
                actor,
                action,
                "api_key",
                after.id().toString(),
                before == null ? null : ApiKeyResponse.from(before, now),
                ApiKeyResponse.from(after, now),
                null);
    }

    private Mono<ApiKey> own(UUID partnerId, UUID id) {
        return keys.find(id)
                .map(ApiKeys.StoredKey::key)
                .filter(key -> key.partnerId().equals(partnerId))
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }

    private Mono<Void> place(UUID partnerId) {
        return keys.countingOf(partnerId)
                .filter(count -> count < properties.maxKeys())
                .switchIfEmpty(Mono.error(() -> PaymentsProblem.TOO_MANY_KEYS.exception(properties.maxKeys())))
                .then();
    }

    /** The longest overlap that may be asked for. */
    Duration maxOverlap() {
        return properties.maxOverlap();
    }

    private static Object words(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).toList();
    }
}

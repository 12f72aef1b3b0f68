package io.darvoza.payments.signature;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.signature.ApiKeys.StoredKey;
import io.darvoza.payments.signature.model.CanonicalText;
import io.darvoza.payments.signature.model.Scope;
import io.darvoza.payments.signature.model.SignatureHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Decides about a signed request: time, signature, key, partner, address, scope, and last that it is no replay.
 *
 * <p>Who does not hold the secret learns nothing: an unknown key, a wrong signature and a key of another partner are one and the
 * same problem, and take the same work. A nonce is spent only by a request that is right in everything else.
 */
@Component
final class SignatureCheck {

    /** Compared with where there is no key, so that the answer takes as long. */
    private static final KeySecret NOBODYS = new KeySecret(new byte[KeySecret.LENGTH]);

    private final ApiKeys keys;
    private final SignatureProperties properties;
    private final Clock clock;

    SignatureCheck(ApiKeys keys, SignatureProperties properties, Clock clock) {
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
    }

    /** The key that signed, which counts and may do this; a problem otherwise. */
    Mono<ApiKey> verify(SignatureHeaders headers, ServerHttpRequest request, byte[] body, Caller caller, Scope needed) {
        if (!headers.isWithin(properties.skew(), clock.instant())) {
            return Mono.error(PaymentsProblem.TIMESTAMP_OUT_OF_WINDOW
                    .exception()
                    .with("server_time", clock.instant().toString()));
        }
        return keys.find(headers.keyId())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(stored -> signedBy(stored.orElse(null), headers, request, body, caller))
                .doOnNext(key -> requireUse(key, request, needed))
                .flatMap(key -> spend(key, headers));
    }

    private static ApiKey signedBy(
            @Nullable StoredKey stored,
            SignatureHeaders headers,
            ServerHttpRequest request,
            byte[] body,
            Caller caller) {
        KeySecret secret = stored == null ? NOBODYS : stored.secret();
        boolean right = MessageDigest.isEqual(secret.sign(text(headers, request, body)), headers.signature());
        if (stored == null || !right || !stored.clientId().equals(caller.clientId())) {
            throw invalid();
        }
        return stored.key();
    }

    private static String text(SignatureHeaders headers, ServerHttpRequest request, byte[] body) {
        URI uri = request.getURI();
        try {
            return CanonicalText.of(
                    request.getMethod().name(),
                    uri.getRawPath(),
                    uri.getRawQuery(),
                    headers.timestamp(),
                    headers.nonce(),
                    body);
        } catch (IllegalArgumentException unreadable) {
            throw invalid().error("/query", "cannot be decoded");
        }
    }

    private void requireUse(ApiKey key, ServerHttpRequest request, Scope needed) {
        if (!key.countsAt(clock.instant())) {
            throw PaymentsProblem.KEY_REVOKED.exception();
        }
        if (!key.admits(addressOf(request))) {
            throw PaymentsProblem.IP_NOT_ALLOWED.exception();
        }
        if (!key.may(needed)) {
            throw CommonProblem.FORBIDDEN.exception().with("required_scope", needed.word());
        }
    }

    /** The caller's address as the gateway states it, which nobody else reaches the service without. */
    private static InetAddress addressOf(ServerHttpRequest request) {
        String stated = request.getHeaders().getFirst("X-Forwarded-For");
        InetSocketAddress peer = request.getRemoteAddress();
        return stated == null
                ? Objects.requireNonNull(Objects.requireNonNull(peer).getAddress())
                : InetAddress.ofLiteral(stated);
    }

    private Mono<ApiKey> spend(ApiKey key, SignatureHeaders headers) {
        return keys.use(key.id(), headers.nonceId())
                .flatMap(first -> first ? Mono.just(key) : Mono.error(PaymentsProblem.NONCE_REPLAYED.exception()));
    }

    private static ProblemException invalid() {
        return PaymentsProblem.SIGNATURE_INVALID.exception();
    }
}

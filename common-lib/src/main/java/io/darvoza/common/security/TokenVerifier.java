package io.darvoza.common.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Map;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/**
 * Lets through access tokens of one issuer: PS256 with a key of its JWKS, for our audience, of type Bearer, within their
 * time. Whatever is wrong with a token, the answer is {@link BadJwtException} and never another fault; only missing keys are
 * {@link io.darvoza.common.problem.CommonProblem#SERVICE_UNAVAILABLE}.
 *
 * <p>On the path of every request: a token seen within the last minute costs one SHA-256. The others cost two JSON objects and
 * one RSA operation, after all that is cheap to refuse has been refused.
 *
 * <p>Not a {@code ReactiveJwtDecoder}: for a bean of that type Spring Boot 4.1 adds a filter chain of its own, whatever chains
 * there are.
 */
public final class TokenVerifier {

    private static final JWSHeader PS256 = new JWSHeader(JWSAlgorithm.PS256);

    private final TokenRules rules;
    private final int maxTokenLength;
    private final JwksSource keys;
    private final VerifiedTokens verified;
    private final Clock clock;

    /** Takes the rules from {@code identity}; keys and cache are the caller's to share or not. */
    public TokenVerifier(IdentityProperties identity, JwksSource keys, VerifiedTokens verified, Clock clock) {
        this.rules = new TokenRules(identity.issuer(), identity.audience(), identity.clockSkew());
        this.maxTokenLength = identity.maxTokenLength();
        this.keys = keys;
        this.verified = verified;
        this.clock = clock;
    }

    /** The token's claims, once all of it has been found good. */
    public Mono<Jwt> decode(String token) {
        if (token.length() > maxTokenLength) {
            return Mono.error(new BadJwtException("longer than " + maxTokenLength + " characters"));
        }
        Fingerprint fingerprint = Fingerprint.of(token);
        Jwt known = verified.find(fingerprint);
        return known != null ? Mono.just(known) : verify(token, fingerprint);
    }

    private Mono<Jwt> verify(String token, Fingerprint fingerprint) {
        try {
            CompactToken parts = CompactToken.parse(token);
            String keyId = rules.keyIdOf(parts.header());
            rules.check(parts.claims(), clock.instant());
            return keys.key(keyId)
                    .switchIfEmpty(Mono.error(() -> new BadJwtException("signed with an unknown key")))
                    .map(key -> verify(token, parts, key))
                    .doOnNext(good -> verified.remember(fingerprint, good));
        } catch (BadJwtException refusal) {
            return Mono.error(refusal);
        }
    }

    private static Jwt verify(String token, CompactToken parts, RSAPublicKey key) {
        try {
            if (new RSASSAVerifier(key).verify(PS256, parts.signedPart(), parts.signature())) {
                return jwt(token, parts);
            }
        } catch (JOSEException broken) {
            throw new BadJwtException("the signature cannot be checked", broken);
        }
        throw new BadJwtException("the signature is wrong");
    }

    private static Jwt jwt(String token, CompactToken parts) {
        return Jwt.withTokenValue(token)
                .headers(header -> header.putAll(parts.header()))
                .claims(claims -> claims.putAll(parts.claims()))
                .claims(TokenVerifier::readTimes)
                .build();
    }

    private static void readTimes(Map<String, Object> claims) {
        for (String time : new String[] {"exp", "iat", "nbf"}) {
            claims.computeIfPresent(time, (name, _) -> TokenRules.moment(claims, name));
        }
    }
}

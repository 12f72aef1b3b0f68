package io.darvoza.gateway.session;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import io.darvoza.common.security.JwksSource;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import reactor.core.publisher.Flux;

/** Verifies id tokens with the same keys, fetched as seldom, as access tokens; PS256 only. */
final class IdTokens implements ReactiveJwtDecoderFactory<ClientRegistration> {

    private final JwksSource keys;

    IdTokens(JwksSource keys) {
        this.keys = keys;
    }

    @Override
    public ReactiveJwtDecoder createDecoder(ClientRegistration registration) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(this::keysFor)
                .jwsAlgorithm(SignatureAlgorithm.PS256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
        return decoder;
    }

    private Flux<JWK> keysFor(JWT token) {
        String id = token instanceof SignedJWT signed ? signed.getHeader().getKeyID() : null;
        return id == null
                ? Flux.empty()
                : keys.key(id)
                        .<JWK>map(key -> new RSAKey.Builder(key).keyID(id).build())
                        .flux();
    }
}

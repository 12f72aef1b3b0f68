package io.darvoza.gateway.session;

import io.darvoza.common.security.IdentityProperties;
import io.darvoza.common.security.JwksSource;
import io.darvoza.gateway.hygiene.PublicAddress;
import io.darvoza.gateway.token.KeycloakTokens;
import java.net.URL;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.serializer.GenericJacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.ReactiveOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.session.config.ReactiveSessionRepositoryCustomizer;
import org.springframework.session.data.redis.ReactiveRedisSessionRepository;
import org.springframework.session.data.redis.config.annotation.SpringSessionRedisConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.server.EnableRedisWebSession;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** Sessions in Redis, and Keycloak as the one provider of logins. */
@Configuration(proxyBeanMethods = false)
@EnableRedisWebSession(redisNamespace = "gateway")
class Sessions {

    @Bean(defaultCandidate = false)
    @SpringSessionRedisConnectionFactory
    SessionRedis sessionRedis(ReactiveRedisConnectionFactory redis) {
        return new SessionRedis(redis);
    }

    /** Long enough to sign in; {@link SessionSecurityContexts} extends it then. Nobody fills Redis by just asking for pages. */
    @Bean
    ReactiveSessionRepositoryCustomizer<ReactiveRedisSessionRepository> shortUntilSignedIn(
            SessionProperties properties) {
        return sessions -> sessions.setDefaultMaxInactiveInterval(properties.loginIdle());
    }

    /** JSON of known types: who can write to Redis must not be able to run code here. */
    @Bean
    RedisSerializer<Object> springSessionDefaultRedisSerializer() {
        BasicPolymorphicTypeValidator.Builder types =
                BasicPolymorphicTypeValidator.builder().allowIfSubType(URL.class);
        JsonMapper mapper = JsonMapper.builder()
                .addModules(SecurityJacksonModules.getModules(Sessions.class.getClassLoader(), types))
                .build();
        return new GenericJacksonJsonRedisSerializer(mapper);
    }

    /** Browsers are sent to the public address; the gateway itself asks inside. Nothing is fetched at the start. */
    @Bean
    ReactiveClientRegistrationRepository keycloak(IdentityProperties identity, PublicAddress address) {
        ClientRegistration registration = ClientRegistration.withRegistrationId(LoginFlow.REGISTRATION)
                .clientId(Objects.requireNonNull(identity.clientId(), "darvoza.identity.client-id"))
                .clientSecret(Objects.requireNonNull(identity.clientSecret(), "darvoza.identity.client-secret"))
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .scope(OidcScopes.OPENID)
                .redirectUri(address.origin() + "/login/oauth2/code/" + LoginFlow.REGISTRATION)
                .authorizationUri(identity.issuer() + "/protocol/openid-connect/auth")
                .tokenUri(Objects.requireNonNull(identity.tokenUri(), "darvoza.identity.token-uri")
                        .toString())
                .jwkSetUri(identity.jwksUri().toString())
                .issuerUri(identity.issuer())
                .userNameAttributeName("sub")
                .clientSettings(ClientRegistration.ClientSettings.builder()
                        .requireProofKey(true)
                        .build())
                .build();
        return new InMemoryReactiveClientRegistrationRepository(registration);
    }

    /** An outage comes through as a problem, within the failure that Spring Security handles. */
    @Bean
    ReactiveOAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codeExchange(KeycloakTokens keycloak) {
        WebClientReactiveAuthorizationCodeTokenResponseClient client =
                new WebClientReactiveAuthorizationCodeTokenResponseClient();
        client.setWebClient(keycloak.client());
        return grant -> client.getTokenResponse(grant)
                .onErrorMap(
                        KeycloakTokens::isOutage,
                        fault -> new OAuth2AuthenticationException(
                                new OAuth2Error("temporarily_unavailable"), KeycloakTokens.unavailable(fault)));
    }

    @Bean
    ReactiveJwtDecoderFactory<ClientRegistration> idTokens(JwksSource keys) {
        return new IdTokens(keys);
    }
}

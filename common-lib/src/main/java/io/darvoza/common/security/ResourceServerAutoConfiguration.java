package io.darvoza.common.security;

import io.darvoza.common.client.OutsideClients;
import io.darvoza.common.client.OutsideClientsAutoConfiguration;
import io.darvoza.common.problem.ProblemAutoConfiguration;
import io.darvoza.common.problem.ProblemRenderer;
import java.time.Clock;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/**
 * Makes the application a resource server of the suite: every request's token is verified here, whoever sent it, and every
 * operation is closed to whom its rule does not name. Each part is replaced by a bean of its type; the chain by any
 * {@link SecurityWebFilterChain} of the application's own.
 */
@AutoConfiguration(
        after = {OutsideClientsAutoConfiguration.class, ProblemAutoConfiguration.class},
        before = {
            ReactiveWebSecurityAutoConfiguration.class,
            ReactiveManagementWebSecurityAutoConfiguration.class,
            ReactiveOAuth2ResourceServerAutoConfiguration.class,
            ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties({IdentityProperties.class, AccessProperties.class})
public final class ResourceServerAutoConfiguration {

    /** The name of the client that fetches the issuer's keys, under {@code darvoza.clients}. */
    static final String KEYS_CLIENT = "identity-keys";

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    VerifiedTokens verifiedTokens(IdentityProperties identity, Clock clock) {
        return new VerifiedTokens(identity.tokenCache(), clock);
    }

    @Bean
    @ConditionalOnMissingBean
    JwksSource jwksSource(IdentityProperties identity, OutsideClients clients, VerifiedTokens verified, Clock clock) {
        WebClient client = clients.build(KEYS_CLIENT);
        Mono<String> document = client.get()
                .uri(identity.jwksUri())
                .accept(MediaType.APPLICATION_JSON)
                .retrieve()
                .bodyToMono(String.class);
        return new JwksSource(document, identity.keys(), clock, verified::clear);
    }

    @Bean
    @ConditionalOnMissingBean
    TokenVerifier tokenVerifier(IdentityProperties identity, JwksSource keys, VerifiedTokens verified, Clock clock) {
        return new TokenVerifier(identity, keys, verified, clock);
    }

    @Bean
    @ConditionalOnMissingBean
    KeycloakRoles keycloakRoles() {
        return new KeycloakRoles();
    }

    @Bean
    @ConditionalOnMissingBean
    SecurityProblems securityProblems(ProblemRenderer renderer) {
        return new SecurityProblems(renderer);
    }

    @Bean
    @ConditionalOnMissingBean
    BearerSecurity bearerSecurity(TokenVerifier verifier, KeycloakRoles roles, SecurityProblems problems) {
        return new BearerSecurity(verifier, roles, problems);
    }

    @Bean
    @ConditionalOnMissingBean
    OperationCatalogue operationCatalogue(
            ObjectProvider<RequestMappingHandlerMapping> mappings, AccessProperties access) {
        return new OperationCatalogue(mappings, access);
    }

    @Bean
    @ConditionalOnMissingBean
    OperationAccess operationAccess(OperationCatalogue catalogue) {
        return new OperationAccess(catalogue);
    }

    @Bean
    OperationAccessCheck operationAccessCheck(OperationCatalogue catalogue, ObjectProvider<RouterFunction<?>> routers) {
        return new OperationAccessCheck(catalogue, routers);
    }

    @Bean
    @ConditionalOnMissingBean
    ServerWebExchangeFirewall firewall() {
        return PlainHeaders.firewall();
    }

    /** Spring Security would measure every filter of every request, at a price that the gateway feels. */
    @Bean
    @ConditionalOnMissingBean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    WebFluxConfigurer callerArgument() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new CallerArgumentResolver());
            }
        };
    }

    /** The argument comes from the token, so that the OpenAPI document does not ask callers for it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SpringDocUtils.class)
    static class CallerOutOfOpenApi {
        static {
            SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
        }
    }

    @Bean
    @Order(0)
    @ConditionalOnMissingBean(SecurityWebFilterChain.class)
    SecurityWebFilterChain operationsSecurity(
            ServerHttpSecurity http, BearerSecurity bearer, OperationAccess operations) {
        return bearer.stateless(http)
                .authorizeExchange(exchanges -> exchanges.anyExchange().access(operations))
                .build();
    }
}

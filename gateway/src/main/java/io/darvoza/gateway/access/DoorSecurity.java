package io.darvoza.gateway.access;

import io.darvoza.common.security.BearerSecurity;
import io.darvoza.gateway.session.BrowserSecurity;
import java.util.function.Predicate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import reactor.core.publisher.Mono;

/** Three doors; a request takes the first that is for it. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class DoorSecurity {

    private static final Mono<MatchResult> NOT_FOR_IT = MatchResult.notMatch();

    /**
     * To Keycloak, the token endpoint and static files: nobody is looked for, since {@code Authorization} holds the
     * credentials of a client there and the cookies are Keycloak's.
     */
    @Bean
    @Order(1)
    SecurityWebFilterChain withoutCaller() {
        return new WithoutCaller();
    }

    /** For requests that name their caller by a header: no session is looked at, none is made. */
    @Bean
    @Order(2)
    SecurityWebFilterChain programs(ServerHttpSecurity http, BearerSecurity bearer, DoorAccess access) {
        return bearer.stateless(http)
                .securityMatcher(matching(request -> request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)))
                .authorizeExchange(exchanges -> exchanges.anyExchange().access(access))
                .build();
    }

    /** For all others: browsers, signed in or not. */
    @Bean
    @Order(3)
    SecurityWebFilterChain browsers(ServerHttpSecurity http, BrowserSecurity browsers, DoorAccess access) {
        return browsers.sessions(http)
                .authorizeExchange(exchanges -> exchanges.anyExchange().access(access))
                .build();
    }

    private static ServerWebExchangeMatcher matching(Predicate<ServerHttpRequest> condition) {
        return exchange -> condition.test(exchange.getRequest()) ? MatchResult.match() : NOT_FOR_IT;
    }
}

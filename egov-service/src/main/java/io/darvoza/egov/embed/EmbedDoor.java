package io.darvoza.egov.embed;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.common.security.Caller;
import io.darvoza.egov.EgovProblem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Lets pages of other origins in, to {@code POST /egov/ajax/verify-…} alone and with an embed token alone. Each try takes one of the
 * token's checks before anything else is looked at. Pages read answers only on origins that some host has asked a token for; never
 * with cookies, never with a bearer.
 */
@Component
final class EmbedDoor implements WebFilter, Ordered {

    static final String TOKEN = "X-Embed-Token";

    /** Before Spring Security, which then finds a caller. */
    private static final int ORDER = -200;

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final PathPattern AJAX = PathPatternParser.defaultInstance.parse("/egov/ajax/{*rest}");
    private static final PathPattern VERIFY = PathPatternParser.defaultInstance.parse("/egov/ajax/verify-{what}");
    private static final PathPattern VERIFY_SLASH =
            PathPatternParser.defaultInstance.parse("/egov/ajax/verify-{what}/");
    private static final List<String> HEADERS = List.of("content-type", "accept-language", "x-embed-token");

    private final EmbedTokens tokens;
    private final ProblemRenderer problems;

    EmbedDoor(EmbedTokens tokens, ProblemRenderer problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        PathContainer path = request.getPath().pathWithinApplication();
        if (CorsUtils.isPreFlightRequest(request) && AJAX.matches(path)) {
            return preflight(exchange);
        }
        String token = request.getHeaders().getFirst(TOKEN);
        return token != null && isForTokens(request, path)
                ? let(token, request.getHeaders().getOrigin(), exchange, chain)
                : chain.filter(exchange);
    }

    /** Who says by a bearer or a session who they are is taken at that word. */
    private static boolean isForTokens(ServerHttpRequest request, PathContainer path) {
        return request.getMethod() == HttpMethod.POST
                && (VERIFY.matches(path) || VERIFY_SLASH.matches(path))
                && !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
    }

    private Mono<Void> let(String token, @Nullable String origin, ServerWebExchange exchange, WebFilterChain chain) {
        return origin == null
                ? refuse(exchange)
                : tokens.use(token, origin)
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .flatMap(caller -> caller.isPresent()
                                ? as(caller.get(), origin, exchange, chain)
                                : tokens.isKnown(origin)
                                        .doOnNext(known -> readable(exchange, origin, known))
                                        .then(Mono.defer(() -> refuse(exchange))));
    }

    private static Mono<Void> as(Caller caller, String origin, ServerWebExchange exchange, WebFilterChain chain) {
        readable(exchange, origin, true);
        return chain.filter(exchange)
                .contextWrite(ReactiveSecurityContextHolder.withAuthentication(
                        new PreAuthenticatedAuthenticationToken(caller, TOKEN, List.of())));
    }

    private Mono<Void> refuse(ServerWebExchange exchange) {
        return problems.write(
                exchange, EgovProblem.EMBED_TOKEN_REFUSED.exception().with("success", false));
    }

    private static void readable(ServerWebExchange exchange, String origin, boolean isKnown) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (isKnown) {
            headers.setAccessControlAllowOrigin(origin);
            headers.setAccessControlExposeHeaders(List.of(HttpHeaders.RETRY_AFTER));
        }
    }

    /** Carries no token, so all that can be asked is whether the origin is one that tokens are for. */
    private Mono<Void> preflight(ServerWebExchange exchange) {
        HttpHeaders asked = exchange.getRequest().getHeaders();
        String origin = Optional.ofNullable(asked.getOrigin()).orElse("null");
        boolean fits = asked.getAccessControlRequestMethod() == HttpMethod.POST
                && asked.getAccessControlRequestHeaders().stream()
                        .allMatch(name -> HEADERS.contains(name.toLowerCase(Locale.ROOT)));
        return tokens.isKnown(origin).flatMap(known -> {
            readable(exchange, origin, known && fits);
            if (!known || !fits) {
                return problems.write(exchange, CommonProblem.FORBIDDEN.exception());
            }
            HttpHeaders headers = exchange.getResponse().getHeaders();
            headers.setAccessControlAllowMethods(List.of(HttpMethod.POST));
            headers.setAccessControlAllowHeaders(HEADERS);
            headers.setAccessControlMaxAge(REMEMBERED);
            exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
            return exchange.getResponse().setComplete();
        });
    }
}

package io.darvoza.payments.signature;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.signature.model.Scope;
import io.darvoza.payments.signature.model.SignatureHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Lets a partner's program write only what it has signed, byte by byte, and only once. It stands behind the token check and
 * before anything that reads the body; the key that signed is then an attribute of the exchange ({@link ApiKey#of}).
 *
 * <p>A signature on a reading request is checked when one is sent. A partner's person comes through the gateway's session and
 * its origin check, and signs nothing; a person cannot write orders.
 */
@Component
@Order(0)
final class SignedRequest implements WebFilter {

    private static final PathPattern PARTNERS = PathPatternParser.defaultInstance.parse("/v1/payments/{part}/**");

    /** The forms of the partner's people do what keys and webhooks do; a program may not take that way round its signature. */
    private static final PathPattern PAGES = PathPatternParser.defaultInstance.parse("/payments/partner/**");

    private static final String FORMS = "forms";
    private static final Set<String> PARTS = Set.of("orders", "keys", "webhooks", "balance", "statement", FORMS);
    private static final Set<String> MANAGED = Set.of("keys", "webhooks", FORMS);
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final List<String> HEADERS = List.of(
            SignatureHeaders.KEY_ID, SignatureHeaders.TIMESTAMP, SignatureHeaders.NONCE, SignatureHeaders.SIGNATURE);

    private final SignatureCheck check;
    private final int maxBody;

    SignedRequest(SignatureCheck check, SignatureProperties properties) {
        this.check = check;
        this.maxBody = Math.toIntExact(properties.maxBody().toBytes());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String part = partOf(exchange.getRequest().getPath().pathWithinApplication());
        return PARTS.contains(part)
                ? caller().flatMap(caller -> filter(exchange, chain, part, caller.orElse(null)))
                : chain.filter(exchange);
    }

    /** Decoded as the handlers' paths are: an encoded letter must not lead past the check. */
    private static String partOf(PathContainer path) {
        if (PAGES.matches(path)) {
            return FORMS;
        }
        PathPattern.PathMatchInfo match = PARTNERS.matchAndExtract(path);
        return match == null ? "" : match.getUriVariables().getOrDefault("part", "");
    }

    private static Mono<Optional<Caller>> caller() {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .mapNotNull(Caller::of)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain, String part, @Nullable Caller caller) {
        ServerHttpRequest request = exchange.getRequest();
        if (caller == null || !(isSigned(request) || mustBeSigned(request, part, caller))) {
            return chain.filter(exchange);
        }
        // Read before anything is refused: a connection whose request was left half unread is of no more use.
        return body(request)
                .flatMap(body -> verify(request, body, caller, scope(request, part))
                        .doOnNext(key -> key.signed(exchange))
                        .thenReturn(exchange.mutate()
                                .request(new CachedBody(request, body))
                                .build()))
                .flatMap(chain::filter);
    }

    private Mono<ApiKey> verify(ServerHttpRequest request, byte[] body, Caller caller, Scope needed) {
        return switch (SignatureHeaders.read(name -> request.getHeaders().getValuesAsList(name))) {
            case SignatureHeaders.Broken broken -> Mono.error(unreadable(broken));
            case SignatureHeaders.Complete complete -> check.verify(complete.headers(), request, body, caller, needed);
        };
    }

    private static boolean isSigned(ServerHttpRequest request) {
        return HEADERS.stream().anyMatch(request.getHeaders()::containsHeader);
    }

    private static boolean mustBeSigned(ServerHttpRequest request, String part, Caller caller) {
        return !READING.contains(request.getMethod()) && !(MANAGED.contains(part) && !caller.isProgram());
    }

    private static Scope scope(ServerHttpRequest request, String part) {
        if (READING.contains(request.getMethod())) {
            return Scope.READ;
        }
        return MANAGED.contains(part) ? Scope.MANAGE : Scope.CREATE;
    }

    private static Throwable unreadable(SignatureHeaders.Broken broken) {
        var problem = PaymentsProblem.SIGNATURE_INVALID.exception();
        broken.names().forEach(name -> problem.error("/" + name, "missing, repeated or malformed"));
        return problem;
    }

    /** The whole body; {@link CommonProblem#CONTENT_TOO_LARGE} as soon as it is more than allowed. */
    private Mono<byte[]> body(ServerHttpRequest request) {
        return DataBufferUtils.join(request.getBody(), maxBody)
                .map(SignedRequest::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}

package io.darvoza.common.ui;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Security headers of every answer, of pages with a Content-Security-Policy that runs own files and the one script that
 * carries the answer's nonce. A header that is there already stays: behind the gateway it came from the service, whose
 * nonce must not be replaced, and a page with another need sets its own.
 */
final class SecurityHeaders implements WebFilter, Ordered {

    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
    private static final String NONCE = SecurityHeaders.class.getName() + ".nonce";
    private static final SecureRandom RANDOM = seeded();

    private static final Map<String, String> ALWAYS = always();
    private static final String NOT_A_PAGE = "default-src 'none'; frame-ancestors 'none'";
    private static final String PAGE = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self' 'nonce-%s'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'");

    /** First, so that refusals of every other filter carry the headers too. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 10;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> complete(exchange)));
        return chain.filter(exchange);
    }

    /** The nonce of this answer: 128 random bits, the same at every call for one exchange. */
    static String nonce(ServerWebExchange exchange) {
        return (String) exchange.getAttributes().computeIfAbsent(NONCE, _ -> fresh());
    }

    private static void complete(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        ALWAYS.forEach((name, value) -> setIfAbsent(headers, name, value));
        setIfAbsent(headers, CONTENT_SECURITY_POLICY, isPage(headers) ? PAGE.formatted(nonce(exchange)) : NOT_A_PAGE);
    }

    private static void setIfAbsent(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) {
            headers.set(name, value);
        }
    }

    private static boolean isPage(HttpHeaders headers) {
        MediaType type = headers.getContentType();
        return type != null && type.isCompatibleWith(MediaType.TEXT_HTML);
    }

    private static String fresh() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** The platform's generator reads a file at every call, on an event loop; this one only now, for its seed. */
    private static SecureRandom seeded() {
        try {
            SecureRandom random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[16]);
            return random;
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static Map<String, String> always() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        // Not no-referrer: it would turn the Origin of a form into "null", which the gateway's origin check refuses.
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        return headers;
    }
}

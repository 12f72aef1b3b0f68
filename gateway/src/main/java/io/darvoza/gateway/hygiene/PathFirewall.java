package io.darvoza.gateway.hygiene;

import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Refuses paths that two parsers could read differently, so that no rule about a path can be talked round: dot segments,
 * empty segments, matrix parameters, back slashes, control characters, and any of these percent-encoded, once or twice.
 *
 * <p>Stands in for Spring Security's strict firewall, which in addition matches every header value against a pattern each
 * time it is read; values are Netty's to check, once.
 */
final class PathFirewall implements ServerWebExchangeFirewall {

    @Override
    public Mono<ServerWebExchange> getFirewalledExchange(ServerWebExchange exchange) {
        return isPlain(exchange.getRequest().getURI().getRawPath())
                ? Mono.just(exchange)
                : Mono.error(new ServerExchangeRejectedException("ambiguous path"));
    }

    static boolean isPlain(String rawPath) {
        if (rawPath.isEmpty() || rawPath.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            boolean plain = switch (c) {
                case '/' -> !startsOddSegment(rawPath, i + 1);
                case '%' -> isHarmlessOctet(rawPath, i + 1);
                case ';', '\\' -> false;
                default -> c > ' ' && c < 0x7f;
            };
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /** An empty segment that is not the last one, or one that is a dot or two. */
    private static boolean startsOddSegment(String path, int start) {
        int end = path.indexOf('/', start);
        int length = (end < 0 ? path.length() : end) - start;
        return switch (length) {
            case 0 -> end >= 0;
            case 1 -> path.charAt(start) == '.';
            case 2 -> path.charAt(start) == '.' && path.charAt(start + 1) == '.';
            default -> false;
        };
    }

    private static boolean isHarmlessOctet(String path, int start) {
        if (start + 2 > path.length()) {
            return false;
        }
        int octet = 16 * Character.digit(path.charAt(start), 16) + Character.digit(path.charAt(start + 1), 16);
        return switch (octet) {
            case '/', '\\', '.', ';', '%', 0x7f -> false;
            default -> octet >= ' ';
        };
    }
}

package io.darvoza.gateway.versions;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.gateway.GatewayProblem;
import io.darvoza.gateway.RequestPrincipal;
import java.time.Clock;
import java.time.Instant;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Announces the end of a version on each of its answers, refuses a version after its sunset (410) and one that is not
 * there (404), and counts the use of the rest. Runs after authentication, so that the count knows the client.
 */
final class VersionFilter implements WebFilter, Ordered {

    /** After the limits of principals (−95). */
    static final int ORDER = -90;

    private final CurrentApiVersions versions;
    private final VersionUse use;
    private final Clock clock;

    VersionFilter(CurrentApiVersions versions, VersionUse use, Clock clock) {
        this.versions = versions;
        this.use = use;
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ApiVersions current = versions.get();
        ApiVersions.Match match = current.match(exchange.getRequest().getPath().value());
        if (match == null) {
            return chain.filter(exchange);
        }
        ApiVersion version = match.version();
        if (version == null) {
            return Mono.error(unknown(current, match.api()));
        }
        use.count(version, RequestPrincipal.of(exchange));
        announce(match.headers(), exchange.getResponse());
        return hasEnded(version) ? Mono.error(sunset(version)) : chain.filter(exchange);
    }

    private boolean hasEnded(ApiVersion version) {
        boolean mayHaveEnded = version.sunsetAt() != null || version.status() == ApiVersion.Status.SUNSET;
        return mayHaveEnded && version.statusAt(clock.instant()) == ApiVersion.Status.SUNSET;
    }

    private ProblemException unknown(ApiVersions current, String api) {
        Instant now = clock.instant();
        return GatewayProblem.API_VERSION_UNKNOWN
                .exception()
                .with(
                        "versions",
                        current.of(api).stream()
                                .filter(version -> version.statusAt(now) != ApiVersion.Status.SUNSET)
                                .map(ApiVersion::version)
                                .toList());
    }

    private static void announce(HttpHeaders headers, ServerHttpResponse response) {
        if (!headers.isEmpty()) {
            headers.forEach((name, values) -> response.getHeaders().addAll(name, values));
        }
    }

    private static ProblemException sunset(ApiVersion version) {
        ProblemException problem = GatewayProblem.API_VERSION_SUNSET.exception();
        if (version.successor() != null) {
            problem.with("successor", version.successor());
        }
        return problem;
    }
}

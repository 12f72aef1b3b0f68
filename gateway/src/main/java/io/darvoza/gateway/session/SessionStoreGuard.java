package io.darvoza.gateway.session;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.gateway.GatewayProblem;
import io.lettuce.core.RedisException;
import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells a browser in plain words that its session cannot be had, neither sending it round a login that cannot end nor
 * breaking with 500.
 *
 * <p>A session is written when the answer is committed. An answer without a body, such as the redirect to the login, is
 * committed only after the last filter, where nothing handles a fault any more; so the guard commits it itself.
 */
@Component
final class SessionStoreGuard implements WebFilter {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpResponse response = exchange.getResponse();
        return chain.filter(exchange)
                .then(Mono.defer(response::setComplete))
                .onErrorMap(SessionStoreGuard::isStores, fault -> afterwards(response, problem(fault)));
    }

    private static boolean isStores(Throwable fault) {
        return fault instanceof DataAccessException || fault instanceof RedisException || isSignedOutMeanwhile(fault);
    }

    /** How Spring Session says that another request of the same session has just ended it. */
    private static boolean isSignedOutMeanwhile(Throwable fault) {
        return fault instanceof IllegalStateException && "Session was invalidated".equals(fault.getMessage());
    }

    private static ProblemException problem(Throwable fault) {
        return isSignedOutMeanwhile(fault)
                ? CommonProblem.UNAUTHENTICATED.exception()
                : GatewayProblem.SESSIONS_UNAVAILABLE
                        .exception()
                        .retryAfter(PAUSE)
                        .causedBy(fault);
    }

    /** Nothing of the answer that was to be may remain: neither where to go nor a cookie for a session that is not there. */
    private static ProblemException afterwards(ServerHttpResponse response, ProblemException problem) {
        if (!response.isCommitted()) {
            response.getHeaders().remove(HttpHeaders.LOCATION);
            response.getCookies().clear();
        }
        return problem;
    }
}

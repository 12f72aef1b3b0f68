package io.darvoza.gateway.session;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.problem.ProblemRenderer;
import io.darvoza.gateway.GatewayProblem;
import io.lettuce.core.RedisException;
import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.InMemoryWebSessionStore;
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

    private final ProblemRenderer renderer;
    private final InMemoryWebSessionStore elsewhere = new InMemoryWebSessionStore();

    SessionStoreGuard(ProblemRenderer renderer) {
        this.renderer = renderer;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange)
                .then(Mono.defer(exchange.getResponse()::setComplete))
                .onErrorResume(SessionStoreGuard::isStores, fault -> tell(exchange, problem(fault)));
    }

    private Mono<Void> tell(ServerWebExchange exchange, ProblemException problem) {
        if (!exchange.getResponse().isCommitted()) {
            forgetAnswer(exchange.getResponse());
        }
        return renderer.write(withoutStore(exchange), problem);
    }

    /** Nothing of the answer that was to be may remain: neither where to go nor a cookie for a session that is not there. */
    private static void forgetAnswer(ServerHttpResponse response) {
        response.getHeaders().remove(HttpHeaders.LOCATION);
        response.getCookies().clear();
    }

    /** The error page looks at the session like any page; asking the store again would end as before. */
    private ServerWebExchange withoutStore(ServerWebExchange exchange) {
        return new ServerWebExchangeDecorator(exchange) {

            @Override
            public Mono<WebSession> getSession() {
                return elsewhere.createWebSession();
            }
        };
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
}

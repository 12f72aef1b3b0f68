package io.darvoza.common.ui;

import io.darvoza.common.problem.ProblemRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Notes who asks for a page while that is known: an error page is written outside the security filter, where the
 * principal is gone, and should still offer the way on that the person's roles open.
 */
final class PersonOnPage implements WebFilter, Ordered {

    private static final String PERSON = PersonOnPage.class.getName() + ".person";

    private final People people;

    PersonOnPage(People people) {
        this.people = people;
    }

    static @Nullable Person personOn(ServerWebExchange exchange) {
        return exchange.getAttribute(PERSON);
    }

    /** After Spring Security's filter, which stands at -100. */
    @Override
    public int getOrder() {
        return -50;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!wantsPage(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return exchange.getPrincipal()
                .ofType(Authentication.class)
                .flatMap(people::personOf)
                .doOnNext(person -> exchange.getAttributes().put(PERSON, person))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    /** Wider than navigation: a form that was refused is answered by its page. */
    private static boolean wantsPage(ServerHttpRequest request) {
        return ProblemRenderer.isNavigation(request)
                || MediaType.MULTIPART_FORM_DATA.isCompatibleWith(
                        request.getHeaders().getContentType())
                || MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(
                        request.getHeaders().getContentType());
    }
}

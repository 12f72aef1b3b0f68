package io.darvoza.common.ui;

import io.darvoza.common.problem.ProblemPage;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The error page: the template {@code kit/error} with the model {@code problem}, in the language of the request. */
final class KitProblemPage implements ProblemPage {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final ViewResolver views;

    KitProblemPage(ViewResolver views) {
        this.views = views;
    }

    @Override
    public Mono<Void> write(ServerWebExchange exchange, ProblemDetail problem) {
        exchange.getResponse().getHeaders().setContentType(HTML);
        return views.resolveViewName("kit/error", language(exchange))
                .flatMap(view -> view.render(Map.of("problem", problem), HTML, exchange));
    }

    private static Locale language(ServerWebExchange exchange) {
        @Nullable Locale language = exchange.getLocaleContext().getLocale();
        return language == null ? Locale.ROOT : language;
    }
}

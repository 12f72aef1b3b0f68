package io.darvoza.payments.page.desk;

import io.darvoza.common.security.Caller;
import io.darvoza.payments.PaymentsProperties;
import io.darvoza.payments.page.desk.DeskDoors.May;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What every page of the desk has: its tabs, what the person may do, the names of colleagues, and how things are written. */
@Component
final class DeskFrame {

    private final DeskDoors doors;
    private final Colleagues colleagues;
    private final PaymentsProperties properties;
    private final Clock clock;

    DeskFrame(DeskDoors doors, Colleagues colleagues, PaymentsProperties properties, Clock clock) {
        this.doors = doors;
        this.colleagues = colleagues;
        this.properties = properties;
        this.clock = clock;
    }

    Mono<Rendering> page(ServerWebExchange exchange, Caller caller, Tab tab, String view, Map<String, ?> model) {
        return page(exchange, caller, tab, view, HttpStatus.OK, model);
    }

    Mono<Rendering> page(
            ServerWebExchange exchange,
            Caller caller,
            Tab tab,
            String view,
            HttpStatusCode status,
            Map<String, ?> model) {
        May may = doors.of(caller);
        return colleagues
                .with(caller)
                .map(known -> Rendering.view("payments/" + view)
                        .status(status)
                        .model(model)
                        .modelAttribute("tabs", Tab.openTo(may))
                        .modelAttribute("tab", tab)
                        .modelAttribute("may", may)
                        .modelAttribute("people", known)
                        .modelAttribute("me", caller.principalKey())
                        .modelAttribute("desk", words(exchange))
                        .modelAttribute("done", done(exchange))
                        .build());
    }

    /** What the address says has been done; a page knows the words that it says something to. */
    private static String done(ServerWebExchange exchange) {
        String word = exchange.getRequest().getQueryParams().getFirst("done");
        return word != null && word.matches("[a-z-]{1,40}") ? word : "";
    }

    private Words words(ServerWebExchange exchange) {
        Locale language = exchange.getLocaleContext().getLocale();
        return new Words(language == null ? Locale.forLanguageTag("ru") : language, properties.zone(), clock.instant());
    }
}

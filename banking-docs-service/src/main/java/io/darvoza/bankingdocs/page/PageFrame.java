package io.darvoza.bankingdocs.page;

import io.darvoza.common.desk.Doors;
import io.darvoza.common.desk.Doors.May;
import io.darvoza.common.security.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/** What every page of the area has: its parts, what the person may do, and how things are written. */
@Component
public final class PageFrame {

    private final Doors doors;

    PageFrame(Doors doors) {
        this.doors = doors;
    }

    /** The parts of the area and what the person may do, for a page that reads the rest by itself. */
    public Map<String, Object> model(ServerWebExchange exchange, Caller caller, Tab tab) {
        May may = doors.of(caller);
        Map<String, Object> model = new HashMap<>();
        model.put("tabs", Tab.openTo(may));
        model.put("tab", tab);
        model.put("may", may);
        model.put("desk", words(exchange));
        model.put("done", done(exchange));
        return model;
    }

    /** The first part that the person's roles open. */
    public String home(Caller caller) {
        List<Tab> open = Tab.openTo(doors.of(caller));
        return open.isEmpty() ? "/" : open.getFirst().getPath();
    }

    May may(Caller caller) {
        return doors.of(caller);
    }

    /** A page that no cache keeps: what it shows changes with every decision. */
    Rendering page(
            ServerWebExchange exchange,
            Caller caller,
            Tab tab,
            String view,
            HttpStatusCode status,
            Map<String, ?> model) {
        exchange.getResponse().getHeaders().setCacheControl(CacheControl.noStore());
        return Rendering.view("documents/" + view)
                .status(status)
                .model(model(exchange, caller, tab))
                .model(model)
                .build();
    }

    static Rendering seeOther(String address) {
        return Rendering.redirectTo(address).status(HttpStatus.SEE_OTHER).build();
    }

    /** What the address says has been done; a page knows the words that it says something to. */
    private static String done(ServerWebExchange exchange) {
        String word = exchange.getRequest().getQueryParams().getFirst("done");
        return word != null && word.matches("[a-z-]{1,40}") ? word : "";
    }

    private static Words words(ServerWebExchange exchange) {
        Locale language = exchange.getLocaleContext().getLocale();
        return new Words(language == null ? Locale.forLanguageTag("ru") : language);
    }
}

package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.Caller;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How every page of the administration reads and writes: a list by pages, and a form that keeps what was typed. */
@Component
final class AdministrationPages {

    static final String ADMIN = "/v1/payments/admin";

    private final DeskFrame frame;
    private final OwnOperations operations;

    AdministrationPages(DeskFrame frame, OwnOperations operations) {
        this.frame = frame;
        this.operations = operations;
    }

    /** A page of a list, with the criteria of these names that the address has, and the way to the next one. */
    Mono<Map<String, Object>> list(
            ServerWebExchange exchange, Tab tab, String operation, String items, String... criteria) {
        MultiValueMap<String, String> address = exchange.getRequest().getQueryParams();
        Map<String, String> query = new LinkedHashMap<>();
        for (String name : criteria) {
            String word = address.getFirst(name);
            if (word != null && !word.isBlank()) {
                query.put(name, word.strip());
            }
        }
        Map<String, String> asked = new LinkedHashMap<>(query);
        String older = address.getFirst("older");
        if (older != null) {
            asked.put("cursor", older);
        }
        return operations.get(exchange, ADMIN + operation, asked).map(found -> {
            Map<String, Object> model = new HashMap<>();
            model.put("items", found.list(items));
            model.put("criteria", Facts.of(query));
            model.put("further", older != null);
            model.put("first", tab.getPath() + OwnOperations.search(query));
            String cursor = found.text("next_cursor");
            if (cursor != null) {
                Map<String, String> next = new LinkedHashMap<>(query);
                next.put("older", cursor);
                model.put("older", tab.getPath() + OwnOperations.search(next));
            }
            return model;
        });
    }

    /** Shows a page once its model has been read. */
    Mono<Rendering> show(
            ServerWebExchange exchange, Caller caller, Tab tab, String view, Mono<? extends Map<String, ?>> model) {
        return model.flatMap(read -> frame.page(exchange, caller, tab, view, read));
    }

    /**
     * Carries a form out and goes on to an address; a refusal shows the page again, with the problem and what was typed.
     *
     * @param secret names of fields that are not given back to the page
     */
    Mono<Rendering> submit(Submission submission, Function<Facts, String> goOn, Set<String> secret) {
        return submission
                .effect()
                .map(done -> QueuePageController.seeOther(goOn.apply(done)))
                .onErrorResume(ErrorResponseException.class, refusal -> refused(submission, refusal, secret));
    }

    /** The same for an answer that is shown here and never again. */
    Mono<Rendering> tell(Submission submission, String name, Set<String> secret) {
        return submission
                .effect()
                .flatMap(told -> again(submission, HttpStatus.OK, Map.of(name, told)))
                .onErrorResume(ErrorResponseException.class, refusal -> refused(submission, refusal, secret));
    }

    /**
     * A form that was sent.
     *
     * @param model of the page that the form stands on, to show it again
     * @param effect what the form asks for
     */
    record Submission(
            ServerWebExchange exchange,
            Caller caller,
            Tab tab,
            String view,
            MultiValueMap<String, String> form,
            Mono<? extends Map<String, ?>> model,
            Mono<Facts> effect) {}

    private Mono<Rendering> refused(Submission submission, ErrorResponseException refusal, Set<String> secret) {
        Map<String, String> typed = new HashMap<>(submission.form().toSingleValueMap());
        typed.keySet().removeAll(secret);
        return again(
                submission, refusal.getStatusCode(), Map.of("problem", refusal.getBody(), "typed", Facts.of(typed)));
    }

    private Mono<Rendering> again(Submission submission, HttpStatusCode status, Map<String, ?> more) {
        submission.exchange().getResponse().getHeaders().setCacheControl(CacheControl.noStore());
        return submission.model().flatMap(read -> {
            Map<String, Object> model = new HashMap<>(read);
            model.putAll(more);
            return frame.page(
                    submission.exchange(), submission.caller(), submission.tab(), submission.view(), status, model);
        });
    }
}

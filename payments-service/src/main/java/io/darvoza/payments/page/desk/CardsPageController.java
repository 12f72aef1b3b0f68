package io.darvoza.payments.page.desk;

import io.darvoza.common.desk.Facts;
import io.darvoza.common.desk.Form;
import io.darvoza.common.desk.OwnOperations;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.PaymentsProperties;
import io.darvoza.payments.page.desk.AdministrationPages.Submission;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The platform's cards as pages: their load, their states, their vacations. */
@Controller
@Hidden
class CardsPageController {

    private static final String PAGE = "/payments/cards";
    private static final String CARDS = "/cards";
    private static final Pattern WINDOW =
            Pattern.compile("\\s*([1-7])\\s+([0-9]{2}:[0-9]{2})\\s*[-–—]\\s*([0-9]{2}:[0-9]{2})\\s*");

    private final AdministrationPages pages;
    private final OwnOperations operations;
    private final PaymentsProperties properties;

    CardsPageController(AdministrationPages pages, OwnOperations operations, PaymentsProperties properties) {
        this.pages = pages;
        this.operations = operations;
        this.properties = properties;
    }

    @GetMapping(PAGE)
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "payments_operator", "auditor"})
    Mono<Rendering> cards(ServerWebExchange exchange, Caller caller) {
        return pages.show(exchange, caller, Tab.CARDS, "desk-cards", list(exchange));
    }

    @PostMapping(PAGE)
    @AllowedTo("payments_admin")
    Mono<Rendering> issue(ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData().flatMap(form -> {
            Map<String, Object> terms = terms(form, form.get("direction"));
            Map<String, Object> card = new HashMap<>();
            card.put("card_number", terms.remove("card_number"));
            card.put("currency", terms.remove("currency"));
            card.put("terms", terms);
            var issued = new Submission(
                    exchange,
                    caller,
                    Tab.CARDS,
                    "desk-cards",
                    form,
                    list(exchange),
                    send(exchange, HttpMethod.POST, CARDS, null, card));
            return pages.submit(issued, done -> PAGE + "/" + done.text("id") + "?done=issue", Set.of("card_number"));
        });
    }

    @GetMapping(PAGE + "/{id}")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "payments_operator", "auditor"})
    Mono<Rendering> card(@PathVariable UUID id, ServerWebExchange exchange, Caller caller) {
        return pages.show(exchange, caller, Tab.CARDS, "desk-card", read(exchange, id));
    }

    @PostMapping(PAGE + "/{id}")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance"})
    Mono<Rendering> command(@PathVariable UUID id, ServerWebExchange exchange, Caller caller) {
        return exchange.getFormData().flatMap(form -> {
            String command = OrderPageController.word(form.getFirst("command"));
            var sent = new Submission(
                    exchange,
                    caller,
                    Tab.CARDS,
                    "desk-card",
                    form,
                    read(exchange, id),
                    effect(id, command, form, exchange));
            return command.equals("reveal-pan")
                    ? pages.tell(sent, "revealed", Set.of())
                    : pages.submit(sent, _ -> PAGE + "/" + id + "?done=card-" + command, Set.of());
        });
    }

    private Mono<Facts> effect(
            UUID id, String command, MultiValueMap<String, String> form, ServerWebExchange exchange) {
        String card = CARDS + "/" + id;
        Map<String, Object> body = Form.json(form, "command", "version", "vacation");
        return switch (command) {
            case "change" ->
                operations
                        .get(exchange, AdministrationPages.ADMIN + card)
                        .flatMap(before ->
                                send(exchange, HttpMethod.PUT, card, form.getFirst("version"), changed(form, before)));
            case "vacation" -> {
                body.computeIfPresent("starts_at", (_, time) -> instant(time));
                body.computeIfPresent("ends_at", (_, time) -> instant(time));
                yield send(exchange, HttpMethod.POST, card + "/vacations", null, body);
            }
            case "cancel-vacation" ->
                send(
                        exchange,
                        HttpMethod.DELETE,
                        card + "/vacations/" + OrderPageController.word(form.getFirst("vacation")),
                        null,
                        Map.of());
            default -> send(exchange, HttpMethod.POST, card + "/" + command, null, body);
        };
    }

    private Mono<Map<String, Object>> list(ServerWebExchange exchange) {
        return pages.list(exchange, Tab.CARDS, CARDS, "cards");
    }

    private Mono<Map<String, Object>> read(ServerWebExchange exchange, UUID id) {
        String card = AdministrationPages.ADMIN + CARDS + "/" + id;
        return Mono.zip(operations.get(exchange, card), operations.get(exchange, card + "/vacations"))
                .map(found ->
                        Map.of("card", found.getT1(), "vacations", found.getT2().list("vacations")));
    }

    private static List<String> directions(Facts card) {
        List<String> directions = new ArrayList<>();
        for (String direction : List.of("in", "out")) {
            if (card.get(direction) != null) {
                directions.add(direction);
            }
        }
        return directions;
    }

    /** For whom a card works is not on the form, and stays. */
    private static Map<String, Object> changed(MultiValueMap<String, String> form, Facts before) {
        Map<String, Object> terms = terms(form, directions(before));
        terms.put("partners", Objects.requireNonNullElse(before.get("partners"), List.of()));
        return terms;
    }

    /** A direction without caps is one all the same. */
    private static Map<String, Object> terms(MultiValueMap<String, String> form, @Nullable List<String> directions) {
        Map<String, Object> terms = Form.json(form, "command", "version", "direction", "schedule");
        List<String> wanted = Objects.requireNonNullElse(directions, List.of());
        for (String direction : List.of("in", "out")) {
            if (wanted.contains(direction)) {
                terms.putIfAbsent(direction, Map.of());
            } else {
                terms.remove(direction);
            }
        }
        terms.put("schedule", schedule(Objects.requireNonNullElse(form.getFirst("schedule"), "")));
        return terms;
    }

    /** A line that is no window goes on as one of no day, to be refused by its place. */
    private static List<Map<String, Object>> schedule(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(line -> {
                    var window = WINDOW.matcher(line);
                    Map<String, Object> json = new LinkedHashMap<>();
                    boolean read = window.matches();
                    json.put("day", read ? Integer.parseInt(window.group(1)) : 0);
                    json.put("from", read ? window.group(2) : line);
                    json.put("until", read ? window.group(3) : line);
                    return json;
                })
                .toList();
    }

    /** What is no time is left out, which is refused by name. */
    private @Nullable Object instant(Object time) {
        try {
            return LocalDateTime.parse(time.toString())
                    .atZone(properties.zone())
                    .toInstant()
                    .toString();
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    private Mono<Facts> send(
            ServerWebExchange exchange, HttpMethod method, String path, @Nullable String version, Map<String, ?> body) {
        return operations.send(exchange, method, AdministrationPages.ADMIN + path, version, body);
    }
}

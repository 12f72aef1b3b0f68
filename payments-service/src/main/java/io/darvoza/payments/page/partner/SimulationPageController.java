package io.darvoza.payments.page.partner;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.money.ShownAmount;
import io.darvoza.payments.order.SimulatedOrders;
import io.darvoza.payments.partner.Partner;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Simulated orders of the partner's people; it exists in the local run only. */
@Controller
@Hidden
@Profile("local")
@AllowedTo("partner")
class SimulationPageController {

    private static final String PATH = PartnerFrame.PATH + "/simulation";

    private final PartnerFrame frame;
    private final SimulatedOrders orders;

    SimulationPageController(PartnerFrame frame, SimulatedOrders orders) {
        this.frame = frame;
        this.orders = orders;
    }

    /** A simulated order as the page shows it. */
    public record Shown(UUID uid, String type, String status, String amount, Instant createdAt, boolean open) {}

    /** What somebody typed before the form was refused. */
    public record Typed(String type, String amount) {

        static final Typed NOTHING = new Typed("deposit", "1500.00");

        private static Typed from(MultiValueMap<String, String> form) {
            return new Typed(
                    Objects.requireNonNullElse(form.getFirst("type"), ""),
                    Objects.requireNonNullElse(form.getFirst("amount"), "")
                            .replaceAll("[\\s\\u00a0\\u202f]", "")
                            .replace(',', '.'));
        }
    }

    @GetMapping(PATH)
    Mono<Rendering> page(ServerWebExchange exchange) {
        return frame.partner()
                .flatMap(partner -> page(partner, exchange, Typed.NOTHING))
                .map(Rendering.Builder::build);
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> create(Caller caller, ServerWebExchange exchange) {
        return PartnerFrame.form(exchange)
                .map(Typed::from)
                .flatMap(typed -> doing(
                        exchange,
                        typed,
                        partner -> orders.create(partner.id(), typed.type(), typed.amount(), caller.principalKey())
                                .then()));
    }

    @PostMapping(path = PATH + "/{uid}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> end(@PathVariable UUID uid, ServerWebExchange exchange) {
        return PartnerFrame.form(exchange)
                .map(form -> ending(form.getFirst("ending")))
                .flatMap(ending -> doing(exchange, Typed.NOTHING, partner -> orders.end(partner.id(), uid, ending)));
    }

    private Mono<Rendering> doing(ServerWebExchange exchange, Typed typed, Function<Partner, Mono<Void>> command) {
        return frame.partner()
                .flatMap(partner -> command.apply(partner)
                        .then(Mono.fromSupplier(() -> PartnerFrame.backTo(PartnerTab.SIMULATION)))
                        .onErrorResume(
                                PartnerFrame::isRefusal,
                                refusal -> page(partner, exchange, typed)
                                        .map(page -> frame.refused(page, (ProblemException) refusal, exchange))));
    }

    private Mono<Rendering.Builder<?>> page(Partner partner, ServerWebExchange exchange, Typed typed) {
        Locale language = PartnerFrame.language(exchange);
        return orders.of(partner.id())
                .map(found -> frame.page(PartnerTab.SIMULATION, partner, exchange)
                        .model(Map.of(
                                "orders", shown(found, partner, language), "typed", typed, "endings", endings())));
    }

    private static List<Shown> shown(List<SimulatedOrders.Simulated> found, Partner partner, Locale language) {
        return found.stream()
                .map(order -> new Shown(
                        order.uid(),
                        order.type(),
                        order.status(),
                        ShownAmount.of(order.amountMinor(), partner.currency(), language),
                        order.createdAt(),
                        order.open()))
                .toList();
    }

    private static List<String> endings() {
        return Arrays.stream(SimulatedOrders.Ending.values())
                .map(ending -> ending.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static SimulatedOrders.Ending ending(@Nullable String word) {
        return Arrays.stream(SimulatedOrders.Ending.values())
                .filter(ending -> ending.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        CommonProblem.VALIDATION_FAILED.exception().error("/ending", "approved, failed or rejected"));
    }
}

package io.darvoza.payments.page.partner;

import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.webhook.Delivery;
import io.darvoza.payments.webhook.Endpoint;
import io.darvoza.payments.webhook.PartnerCallbacks;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The partner's addresses for callbacks, what was sent to them, and sending it again. */
@Controller
@Hidden
@AllowedTo("partner")
class CallbackPageController {

    private static final String PATH = PartnerFrame.PATH + "/callbacks";
    private static final List<String> STATES = List.of("pending", "delivered", "failed");

    private final PartnerFrame frame;
    private final PartnerCallbacks callbacks;

    CallbackPageController(PartnerFrame frame, PartnerCallbacks callbacks) {
        this.frame = frame;
        this.callbacks = callbacks;
    }

    /** What the address asks for. */
    record Wish(
            @Nullable UUID address,
            @Nullable String state,
            @Nullable String older) {

        static final Wish NEWEST = new Wish(null, null, null);
    }

    @GetMapping(PATH)
    Mono<Rendering> page(
            @RequestParam(required = false) @Nullable UUID address,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String older,
            ServerWebExchange exchange) {
        if (state != null && !STATES.contains(state)) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/state", "pending, delivered or failed");
        }
        return frame.partner()
                .flatMap(partner -> page(partner, new Wish(address, state, older), exchange))
                .map(Rendering.Builder::build);
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> add(Caller caller, ServerWebExchange exchange) {
        return Mono.zip(frame.partner(), PartnerFrame.form(exchange)).flatMap(asked -> {
            Partner partner = asked.getT1();
            String url = Objects.requireNonNullElse(asked.getT2().getFirst("url"), "")
                    .strip();
            return callbacks
                    .add(partner.id(), url, caller.principalKey())
                    .flatMap(added -> page(partner, Wish.NEWEST, exchange)
                            .map(page -> page.modelAttribute("added", added).build()))
                    .onErrorResume(
                            PartnerFrame::isRefusal,
                            refusal -> page(partner, Wish.NEWEST, exchange)
                                    .map(page -> frame.refused(
                                            page.modelAttribute("typed", url), (ProblemException) refusal, exchange)));
        });
    }

    @PostMapping(PATH + "/{id}/test")
    Mono<Rendering> test(@PathVariable UUID id, ServerWebExchange exchange) {
        return doing(id, exchange, partner -> callbacks.test(partner.id(), id));
    }

    @PostMapping(PATH + "/{id}/delete")
    Mono<Rendering> delete(@PathVariable UUID id, Caller caller) {
        return frame.partner()
                .flatMap(partner -> callbacks.delete(partner.id(), id, caller.principalKey()))
                .then(Mono.fromSupplier(() -> PartnerFrame.backTo(PartnerTab.CALLBACKS)));
    }

    @PostMapping(PartnerFrame.PATH + "/deliveries/{id}/again")
    Mono<Rendering> again(
            @PathVariable UUID id, @RequestParam(required = false) @Nullable UUID address, ServerWebExchange exchange) {
        return doing(address, exchange, partner -> callbacks.again(partner.id(), id));
    }

    private Mono<Rendering> doing(
            @Nullable UUID address, ServerWebExchange exchange, Function<Partner, Mono<Void>> command) {
        return frame.partner()
                .flatMap(partner -> command.apply(partner)
                        .then(Mono.fromSupplier(() -> backTo(address)))
                        .onErrorResume(
                                PartnerFrame::isRefusal,
                                refusal -> page(partner, new Wish(address, null, null), exchange)
                                        .map(page -> frame.refused(page, (ProblemException) refusal, exchange))));
    }

    private static Rendering backTo(@Nullable UUID address) {
        return Rendering.redirectTo(address == null ? PATH : PATH + "?address=" + address)
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private Mono<Rendering.Builder<?>> page(Partner partner, Wish wish, ServerWebExchange exchange) {
        return callbacks
                .endpointsOf(partner.id())
                .collectList()
                .flatMap(endpoints -> deliveries(partner, endpoints, wish).map(found -> {
                    Map<String, Object> model = new HashMap<>(
                            Map.of("endpoints", endpoints, "states", STATES, "deliveries", found.items()));
                    chosen(endpoints, wish).ifPresent(endpoint -> model.put("chosen", endpoint));
                    Optional.ofNullable(wish.state()).ifPresent(state -> model.put("state", state));
                    Optional.ofNullable(found.nextCursor()).ifPresent(more -> model.put("more", more));
                    return frame.page(PartnerTab.CALLBACKS, partner, exchange).model(model);
                }));
    }

    /** The address that was asked for, else the newest. */
    private static Optional<Endpoint> chosen(List<Endpoint> endpoints, Wish wish) {
        return endpoints.stream()
                .filter(endpoint -> wish.address() == null || endpoint.id().equals(wish.address()))
                .findFirst();
    }

    private Mono<Page<Delivery>> deliveries(Partner partner, List<Endpoint> endpoints, Wish wish) {
        return Flux.fromStream(chosen(endpoints, wish).stream())
                .concatMap(endpoint -> callbacks.deliveries(
                        partner.id(), endpoint.id(), wish.state(), PageRequest.of(null, wish.older())))
                .next()
                .switchIfEmpty(Mono.defer(() -> wish.address() == null
                        ? Mono.just(new Page<>(List.of(), null))
                        : Mono.error(CommonProblem.NOT_FOUND.exception())));
    }
}

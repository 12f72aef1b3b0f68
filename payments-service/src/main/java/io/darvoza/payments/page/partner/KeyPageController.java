package io.darvoza.payments.page.partner;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.signature.ApiKey;
import io.darvoza.payments.signature.ApiKeys;
import io.darvoza.payments.signature.IssuedKey;
import io.darvoza.payments.signature.ManageApiKeys;
import io.darvoza.payments.signature.model.AddressRange;
import io.darvoza.payments.signature.model.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The partner's keys. A secret is in the page that answers its making, and in no other. */
@Controller
@Hidden
@AllowedTo("partner")
class KeyPageController {

    private static final String PATH = PartnerFrame.PATH + "/keys";

    private final PartnerFrame frame;
    private final ApiKeys keys;
    private final ManageApiKeys manage;
    private final Clock clock;

    KeyPageController(PartnerFrame frame, ApiKeys keys, ManageApiKeys manage, Clock clock) {
        this.frame = frame;
        this.keys = keys;
        this.manage = manage;
        this.clock = clock;
    }

    /** A key as the page shows it. */
    public record Shown(
            UUID id,
            String label,
            List<String> scopes,
            List<String> addresses,
            String status,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        private static Shown from(ApiKey key, Instant now) {
            String ended = key.revokedAt() == null ? "expired" : "revoked";
            return new Shown(
                    key.id(),
                    key.label(),
                    key.scopes().stream().sorted().map(Scope::word).toList(),
                    key.addresses().stream().map(AddressRange::toString).toList(),
                    key.countsAt(now) ? "active" : ended,
                    key.createdAt(),
                    key.expiresAt(),
                    key.lastUsedAt());
        }
    }

    /** A new key with its secret. */
    public record Issued(UUID id, String label, String secret) {}

    /** What somebody typed before the form was refused. */
    public record Typed(String label, List<String> scopes, String addresses) {

        static final Typed NOTHING = new Typed("", List.of("create", "read"), "");

        private static Typed from(MultiValueMap<String, String> form) {
            return new Typed(
                    Objects.requireNonNullElse(form.getFirst("label"), ""),
                    form.getOrDefault("scopes", List.of()),
                    Objects.requireNonNullElse(form.getFirst("ip_allowlist"), ""));
        }

        private ManageApiKeys.NewKey key() {
            List<String> ranges = Arrays.stream(addresses.split("[\\s,;]+"))
                    .filter(range -> !range.isEmpty())
                    .toList();
            return new ManageApiKeys.NewKey(label, scopes, ranges);
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
                .flatMap(typed -> making(
                        exchange, typed, partner -> manage.issue(partner.id(), typed.key(), caller.principalKey())));
    }

    @PostMapping(PATH + "/{id}/rotate")
    Mono<Rendering> rotate(@PathVariable UUID id, Caller caller, ServerWebExchange exchange) {
        return making(exchange, Typed.NOTHING, partner -> manage.rotate(partner.id(), id, caller.principalKey()));
    }

    @PostMapping(PATH + "/{id}/revoke")
    Mono<Rendering> revoke(@PathVariable UUID id, Caller caller) {
        return frame.partner()
                .flatMap(partner -> manage.revoke(partner.id(), id, caller.principalKey()))
                .then(Mono.fromSupplier(() -> PartnerFrame.backTo(PartnerTab.KEYS)));
    }

    private Mono<Rendering> making(ServerWebExchange exchange, Typed typed, Function<Partner, Mono<IssuedKey>> make) {
        return frame.partner()
                .flatMap(partner -> make.apply(partner)
                        .flatMap(issued -> page(partner, exchange, Typed.NOTHING)
                                .map(page -> page.modelAttribute("issued", shown(issued))
                                        .build()))
                        .onErrorResume(
                                PartnerFrame::isRefusal,
                                refusal -> page(partner, exchange, typed)
                                        .map(page -> frame.refused(page, (ProblemException) refusal, exchange))));
    }

    private Mono<Rendering.Builder<?>> page(Partner partner, ServerWebExchange exchange, Typed typed) {
        Instant now = clock.instant();
        return keys.of(partner.id())
                .map(key -> Shown.from(key, now))
                .collectList()
                .map(all -> frame.page(PartnerTab.KEYS, partner, exchange)
                        .model(Map.of(
                                "keys",
                                all,
                                "typed",
                                typed,
                                "scopes",
                                Arrays.stream(Scope.values()).map(Scope::word).toList())));
    }

    private static Issued shown(IssuedKey issued) {
        return new Issued(
                issued.key().id(), issued.key().label(), issued.secret().hex());
    }
}

package io.darvoza.sandbox.partner;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** Partners by name. Each exists as soon as it is called, and behaves as its name says until it is told otherwise. */
@RestController
@RequestMapping("/partner/{name}")
class PartnerController {

    private static final int MOST_PARTNERS = 100;

    private final Map<String, PlayedPartner> partners = new ConcurrentHashMap<>();
    private final Clock clock = Clock.systemUTC();

    /** What the partner got, in the order of its coming. */
    record Callbacks(List<Callback> callbacks) {}

    @PostMapping("/callbacks")
    Mono<ResponseEntity<Void>> take(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable String body,
            @RequestHeader Map<String, String> headers,
            ServerHttpRequest request) {
        Behaviour behaviour = partner(name).take(callback(body, headers, false));
        return answer(name, behaviour, request);
    }

    @PostMapping("/redirected")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void takeRedirected(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable String body,
            @RequestHeader Map<String, String> headers) {
        partner(name).remember(callback(body, headers, true));
    }

    @PutMapping("/behaviour")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void behave(@PathVariable String name, @RequestBody Behaviour behaviour) {
        partner(name).behave(behaviour);
    }

    @GetMapping("/callbacks")
    Callbacks callbacks(@PathVariable String name) {
        return new Callbacks(partner(name).callbacks());
    }

    /** Forgets the partner with all it got. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@PathVariable String name) {
        partners.remove(name);
    }

    private PlayedPartner partner(String name) {
        if (partners.size() >= MOST_PARTNERS) {
            partners.clear();
        }
        return partners.computeIfAbsent(name, _ -> new PlayedPartner(Behaviour.of(name)));
    }

    private Callback callback(@Nullable String body, Map<String, String> headers, boolean redirected) {
        return new Callback(
                clock.instant(),
                headers.get("webhook-id"),
                headers.get("webhook-timestamp"),
                headers.get("webhook-signature"),
                body == null ? "" : body,
                redirected);
    }

    private static Mono<ResponseEntity<Void>> answer(String name, Behaviour behaviour, ServerHttpRequest request) {
        return switch (behaviour.kind()) {
            case GOOD -> Mono.just(ResponseEntity.noContent().build());
            case SLOW ->
                Mono.delay(behaviour.delay())
                        .map(_ -> ResponseEntity.noContent().build());
            case WRONG -> Mono.just(wrong(behaviour));
            case REDIRECTING ->
                Mono.just(ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                        .location(URI.create("/partner/" + name + "/redirected"))
                        .build());
            case AWAY -> closed(request);
        };
    }

    private static ResponseEntity<Void> wrong(Behaviour behaviour) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(behaviour.answerStatus());
        return behaviour.retryAfterSeconds() == null
                ? answer.build()
                : answer.header(
                                HttpHeaders.RETRY_AFTER,
                                behaviour.retryAfterSeconds().toString())
                        .build();
    }

    private static Mono<ResponseEntity<Void>> closed(ServerHttpRequest request) {
        return Mono.fromRunnable(() -> {
                    Connection connection = ServerHttpRequestDecorator.getNativeRequest(request);
                    connection.channel().close();
                })
                .then(Mono.never());
    }
}

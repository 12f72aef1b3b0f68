package io.darvoza.sandbox.opendata;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import tools.jackson.databind.json.JsonMapper;

/** The portal's own addresses, below {@code /opendata}. */
@RestController
@RequestMapping("/opendata")
class OpenDataController {

    private static final String PAGE =
            "<!DOCTYPE html><html><head><title>data.egov.kz</title></head><body>Доступ ограничен</body></html>";

    private final Portal portal;

    OpenDataController(Portal portal) {
        this.portal = portal;
    }

    @GetMapping({"/api/v4/{dataset}", "/api/v4/{dataset}/{version}"})
    Mono<Void> rows(
            @PathVariable String dataset,
            @PathVariable Optional<String> version,
            @RequestParam(defaultValue = "{}") String source,
            @RequestParam(defaultValue = "") String apiKey,
            ServerWebExchange exchange) {
        String pinned = version.orElse("v1");
        Portal.Admission admission = portal.admit(apiKey);
        if (admission != Portal.Admission.TAKEN) {
            int status = admission == Portal.Admission.LIMITED ? 429 : 403;
            portal.remember(dataset, pinned, source, status);
            return write(exchange, status, MediaType.TEXT_HTML, PAGE);
        }
        Behaviour behaviour = portal.take();
        return switch (behaviour.kind()) {
            case GOOD -> answer(dataset, pinned, source, exchange);
            case SLOW -> Mono.delay(behaviour.delay()).then(answer(dataset, pinned, source, exchange));
            case HTML -> told(dataset, pinned, source, 200, exchange, MediaType.TEXT_HTML, PAGE);
            case WRONG_JSON ->
                told(dataset, pinned, source, 200, exchange, MediaType.APPLICATION_JSON, "[{\"iin\": \"900");
            case ERROR_OBJECT ->
                told(
                        dataset,
                        pinned,
                        source,
                        200,
                        exchange,
                        MediaType.APPLICATION_JSON,
                        "{\"error\": \"Недействительный ключ\"}");
            case STATUS -> {
                if (behaviour.retryAfterSeconds() != null) {
                    exchange.getResponse()
                            .getHeaders()
                            .set(
                                    HttpHeaders.RETRY_AFTER,
                                    behaviour.retryAfterSeconds().toString());
                }
                yield told(dataset, pinned, source, behaviour.answerStatus(), exchange, MediaType.TEXT_HTML, PAGE);
            }
            case CUT -> cut(exchange, true);
            case AWAY -> cut(exchange, false);
        };
    }

    /** The fields of a data set, as the portal describes them. */
    @GetMapping({"/api/v4/mapping/{dataset}", "/api/v4/mapping/{dataset}/{version}"})
    ResponseEntity<Map<String, Object>> mapping(@PathVariable String dataset, @PathVariable Optional<String> version) {
        String pinned = version.orElse("v1");
        return ResponseEntity.of(Registers.fields(dataset, pinned)
                .map(fields -> Map.of(
                        dataset,
                        Map.of(
                                "mappings",
                                Map.of(
                                        pinned,
                                        Map.of(
                                                "properties",
                                                fields.entrySet().stream()
                                                        .collect(Collectors.toMap(
                                                                Map.Entry::getKey,
                                                                field -> Map.of("type", field.getValue())))))))));
    }

    /** A data set's passport; needs no key. */
    @GetMapping("/meta/{dataset}/{version}")
    ResponseEntity<Map<String, Object>> meta(@PathVariable String dataset, @PathVariable String version) {
        return ResponseEntity.of(Registers.fields(dataset, version)
                .map(fields -> Map.of("apiUri", dataset, "version", version, "fields", fields)));
    }

    private Mono<Void> answer(String dataset, String version, String source, ServerWebExchange exchange) {
        if (Registers.fields(dataset, version).isEmpty()) {
            return told(dataset, version, source, 404, exchange, MediaType.TEXT_HTML, PAGE);
        }
        Optional<Query> query = Query.of(source);
        if (query.isEmpty()) {
            return told(
                    dataset, version, source, 400, exchange, MediaType.APPLICATION_JSON, "{\"error\": \"bad query\"}");
        }
        List<Map<String, String>> rows = query.get().isForAll()
                ? List.of(Registers.example(dataset))
                : Registers.row(dataset, query.get().value()).stream().toList();
        return told(
                dataset,
                version,
                source,
                200,
                exchange,
                MediaType.APPLICATION_JSON,
                JsonMapper.shared().writeValueAsString(rows));
    }

    private Mono<Void> told(
            String dataset,
            String version,
            String source,
            int status,
            ServerWebExchange exchange,
            MediaType type,
            String body) {
        portal.remember(dataset, version, source, status);
        return write(exchange, status, type, body);
    }

    private static Mono<Void> write(ServerWebExchange exchange, int status, MediaType type, String body) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(status));
        response.getHeaders().setContentType(type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.getHeaders().setContentLength(bytes.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }

    /** Ends the connection, with or without the beginning of an answer. */
    private static Mono<Void> cut(ServerWebExchange exchange, boolean begun) {
        ServerHttpRequest request = exchange.getRequest();
        Mono<Void> close = Mono.fromRunnable(() -> {
            Connection connection = ServerHttpRequestDecorator.getNativeRequest(request);
            connection.channel().close();
        });
        if (!begun) {
            return close.then(Mono.never());
        }
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(1000);
        byte[] beginning = "[{\"iin\"".getBytes(StandardCharsets.UTF_8);
        return response.writeAndFlushWith(Mono.just(
                                Mono.fromSupplier(() -> response.bufferFactory().wrap(beginning)))
                        .concatWith(close.then(Mono.never())))
                .onErrorComplete();
    }
}

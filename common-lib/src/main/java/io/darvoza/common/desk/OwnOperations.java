package io.darvoza.common.desk;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the operations of this service as the person at the page would call them, without a network between: the same access
 * rules, checks, commands and words of problems, of which the pages have no second copy. A refusal is an
 * {@link ErrorResponseException} with the operation's own problem. The version that an answer names in its {@code ETag} is the member
 * {@value Facts#ETAG} of its facts.
 */
public final class OwnOperations {

    /** What an operation needs to know of whoever asks the page. */
    private static final List<String> PASSED_ON =
            List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.ACCEPT_LANGUAGE, "traceparent", "X-Request-ID");

    private final ObjectProvider<HttpHandler> service;
    private final ObjectProvider<JsonMapper> json;

    OwnOperations(ObjectProvider<HttpHandler> service, ObjectProvider<JsonMapper> json) {
        // Late, since the handler itself holds the pages.
        this.service = service;
        this.json = json;
    }

    public Mono<Facts> get(ServerWebExchange page, String path) {
        return get(page, path, Map.of());
    }

    /** The answer to a query with these parameters. */
    public Mono<Facts> get(ServerWebExchange page, String path, Map<String, String> query) {
        return call(page, HttpMethod.GET, path + search(query), headers(page), Flux.empty());
    }

    /**
     * What becomes of a command; empty facts when the operation answers nothing.
     *
     * @param version what {@code If-Match} is to name; null for none
     */
    public Mono<Facts> send(
            ServerWebExchange page, HttpMethod method, String path, @Nullable String version, Map<String, ?> body) {
        HttpHeaders headers = headers(page);
        headers.setContentType(MediaType.APPLICATION_JSON);
        if (version != null) {
            headers.setIfMatch("\"" + version + "\"");
        }
        byte[] written = json.getObject().writeValueAsBytes(body);
        return call(
                page,
                method,
                path,
                headers,
                Flux.defer(() -> Flux.just(page.getResponse().bufferFactory().wrap(written))));
    }

    /** What becomes of a command that takes the page's own body as it is, such as a form with a file. */
    public Mono<Facts> forward(ServerWebExchange page, HttpMethod method, String path) {
        HttpHeaders headers = headers(page);
        HttpHeaders asked = page.getRequest().getHeaders();
        headers.setContentType(asked.getContentType());
        if (asked.getContentLength() >= 0) {
            headers.setContentLength(asked.getContentLength());
        }
        return call(page, method, path, headers, page.getRequest().getBody());
    }

    /** A query as an address has it. */
    public static String search(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private Mono<Facts> call(
            ServerWebExchange page,
            HttpMethod method,
            String pathAndQuery,
            HttpHeaders headers,
            Flux<DataBuffer> body) {
        return Mono.defer(() -> {
            ServerHttpRequest asked = page.getRequest();
            URI address = asked.getURI().resolve(pathAndQuery);
            var response = new OwnResponse(page.getResponse().bufferFactory());
            return service.getObject()
                    .handle(new OwnRequest(asked, method, address, headers, body), response)
                    .then(Mono.fromSupplier(() -> facts(response)));
        });
    }

    private static HttpHeaders headers(ServerWebExchange page) {
        HttpHeaders headers = new HttpHeaders();
        HttpHeaders asked = page.getRequest().getHeaders();
        for (String name : PASSED_ON) {
            String value = asked.getFirst(name);
            if (value != null) {
                headers.set(name, value);
            }
        }
        headers.setAccept(List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON));
        return headers;
    }

    private Facts facts(OwnResponse response) {
        HttpStatusCode status = response.statusOrOk();
        byte[] body = response.body();
        Facts facts = body.length == 0
                ? Facts.NONE
                : Facts.of(json.getObject().readerForMapOf(Object.class).readValue(body));
        if (status.isError()) {
            throw new ErrorResponseException(status, problem(status, facts), null);
        }
        return facts.tagged(response.getHeaders().getETag());
    }

    private static ProblemDetail problem(HttpStatusCode status, Facts facts) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(facts.text("title"));
        problem.setDetail(facts.text("detail"));
        facts.forEach(problem::setProperty);
        return problem;
    }
}

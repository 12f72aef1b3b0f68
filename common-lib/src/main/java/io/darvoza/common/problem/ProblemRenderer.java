package io.darvoza.common.problem;

import io.darvoza.common.tracing.RequestTrace;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns any fault into an RFC 9457 answer, in controllers, filters and security alike: {@code type}
 * ({@code /docs/problems/<code>}), {@code title}, {@code status}, {@code detail}, {@code instance}, {@code code},
 * {@code traceId}, {@code errors} where places of the request are invalid, and the problem's own members.
 *
 * <p>Faults of the server (5xx) are logged here once, with their cause; nothing of a cause reaches the caller.
 */
public final class ProblemRenderer {

    private static final Logger log = LoggerFactory.getLogger(ProblemRenderer.class);

    private final ProblemTexts texts;
    private final JsonMapper json;
    private final @Nullable ProblemPage page;

    public ProblemRenderer(ProblemTexts texts, JsonMapper json, @Nullable ProblemPage page) {
        this.texts = texts;
        this.json = json;
        this.page = page;
    }

    /** The problem of a fault, in the language of the request. */
    public ProblemDetail render(Throwable fault, ServerWebExchange exchange) {
        return render(Faults.problemOf(fault), exchange);
    }

    /** Writes the whole answer to a fault. Signals the fault itself when an answer has been sent already. */
    public Mono<Void> write(ServerWebExchange exchange, Throwable fault) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(fault);
        }
        ProblemException problem = Faults.problemOf(fault);
        ProblemDetail detail = render(problem, exchange);
        RequestTrace.inLog(exchange, () -> logFault(problem, fault, exchange, detail));
        response.setStatusCode(problem.type().status());
        HttpHeaders headers = response.getHeaders();
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        problem.headers().forEach((name, values) -> headers.put(name, values));
        headers.setCacheControl("no-store");
        if (page != null && isNavigation(exchange.getRequest())) {
            return page.write(exchange, detail);
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        byte[] body = json.writeValueAsBytes(detail);
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** Whether a person navigates: a GET that asks for HTML by name. */
    public static boolean isNavigation(ServerHttpRequest request) {
        if (request.getMethod() != HttpMethod.GET) {
            return false;
        }
        try {
            return request.getHeaders().getAccept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
        } catch (InvalidMimeTypeException unreadable) {
            return false;
        }
    }

    private ProblemDetail render(ProblemException problem, ServerWebExchange exchange) {
        ProblemType type = problem.type();
        Locale locale = locale(exchange);
        ProblemDetail detail = ProblemDetail.forStatus(type.status());
        detail.setType(URI.create("/docs/problems/" + type.code()));
        detail.setTitle(texts.title(type, locale));
        detail.setDetail(texts.detail(type, problem.detailArguments(), locale));
        detail.setInstance(instance(exchange));
        detail.setProperty("code", type.code());
        detail.setProperty("traceId", RequestTrace.id(exchange));
        if (!problem.errors().isEmpty()) {
            detail.setProperty("errors", problem.errors());
        }
        problem.members().forEach(detail::setProperty);
        return detail;
    }

    private static Locale locale(ServerWebExchange exchange) {
        Locale locale = exchange.getLocaleContext().getLocale();
        return locale == null ? Locale.forLanguageTag("ru") : locale;
    }

    private static URI instance(ServerWebExchange exchange) {
        return URI.create(exchange.getRequest().getURI().getRawPath());
    }

    private static void logFault(
            ProblemException problem, Throwable fault, ServerWebExchange exchange, ProblemDetail detail) {
        String method = exchange.getRequest().getMethod().name();
        URI path = instance(exchange);
        String code = problem.type().code();
        if (problem.type() == CommonProblem.INTERNAL_ERROR) {
            log.error("{} {}: {}", method, path, code, fault);
        } else if (problem.type().status().is5xxServerError()) {
            Throwable cause = problem.getCause() == null ? fault : problem.getCause();
            log.warn("{} {}: {} ({})", method, path, code, cause.toString());
        } else {
            log.debug("{} {}: {} {}", method, path, code, detail.getStatus());
        }
    }
}

package io.darvoza.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.bind.support.WebExchangeDataBinder;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemRendererTests {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build();

    private final ProblemRenderer renderer = new ProblemRenderer(new ProblemTexts(List.of()), JSON, null);

    @Test
    void writesTheMembersOfAProblem() {
        MockServerWebExchange exchange = exchange(Locale.ENGLISH);
        var fault = CommonProblem.CONFLICT
                .exception()
                .with("current_status", "archived")
                .error("/status", "archived is final");

        JsonNode body = write(exchange, fault);

        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(exchange.getResponse().getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(exchange.getResponse().getHeaders().getCacheControl()).isEqualTo("no-store");
        assertThat(body.get("type").asString()).isEqualTo("/docs/problems/conflict");
        assertThat(body.get("title").asString()).isEqualTo("The state does not allow it");
        assertThat(body.get("status").asInt()).isEqualTo(409);
        assertThat(body.get("code").asString()).isEqualTo("conflict");
        assertThat(body.get("instance").asString()).isEqualTo("/v1/things/1");
        assertThat(body.get("traceId").asString()).isNotEmpty();
        assertThat(body.get("current_status").asString()).isEqualTo("archived");
        assertThat(body.get("errors").get(0).get("pointer").asString()).isEqualTo("/status");
    }

    @Test
    void speaksRussianAndEnglish() {
        var fault = CommonProblem.UNKNOWN_PARAMETER.exception("colour");

        assertThat(write(exchange(Locale.forLanguageTag("ru")), fault)
                        .get("detail")
                        .asString())
                .isEqualTo("Операция не знает параметра «colour».");
        assertThat(write(exchange(Locale.ENGLISH), fault).get("detail").asString())
                .isEqualTo("The operation does not know the parameter \"colour\".");
        assertThat(write(exchange(Locale.FRENCH), fault).get("title").asString())
                .isEqualTo("Неизвестный параметр");
    }

    @Test
    void tellsNothingOfACause() {
        String body = write(exchange(Locale.ENGLISH), new IllegalStateException("select * from secret"))
                .toString();

        assertThat(body).contains("internal_error").doesNotContain("secret").doesNotContain("IllegalState");
    }

    @Test
    void keepsTheFrameworksWordsInside() {
        var fault = new ResponseStatusException(HttpStatus.BAD_REQUEST, "io.darvoza.internal.Type is odd");

        assertThat(write(exchange(Locale.ENGLISH), fault).toString()).doesNotContain("io.darvoza");
    }

    @Test
    void aParameterOfTheWrongKindIsPointedAtWithoutTheBindersWords() throws Exception {
        var binder = new WebExchangeDataBinder(null, "query");
        binder.setTargetType(ResolvableType.forClass(Query.class));
        binder.construct(MockServerWebExchange.from(MockServerHttpRequest.get("/v1/things?userId=nonsense")))
                .block();
        var fault = new WebExchangeBindException(
                new MethodParameter(ProblemRendererTests.class.getDeclaredMethod("find", Query.class), 0),
                binder.getBindingResult());

        JsonNode error = write(exchange(Locale.ENGLISH), fault).get("errors").get(0);

        assertThat(error.get("pointer").asString()).isEqualTo("/user_id");
        assertThat(error.get("detail").asString()).isEqualTo("cannot be read");
    }

    private record Query(Long userId) {}

    private static void find(Query ignored) {}

    @Test
    void namesTheAllowedMethods() {
        MockServerWebExchange exchange = exchange(Locale.ENGLISH);

        write(exchange, new MethodNotAllowedException("PUT", List.of(org.springframework.http.HttpMethod.GET)));

        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
        assertThat(exchange.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW))
                .isEqualTo("GET");
    }

    @Test
    void challengesTheUnknownAndRefusesTheKnown() {
        MockServerWebExchange unknown = exchange(Locale.ENGLISH);
        MockServerWebExchange known = exchange(Locale.ENGLISH);

        write(unknown, new BadCredentialsException("no"));
        write(known, new AccessDeniedException("no"));

        assertThat(unknown.getResponse().getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(unknown.getResponse().getHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                .startsWith("Bearer");
        assertThat(known.getResponse().getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
    }

    @Test
    void asksForPatienceWhenTheDatabaseIsLate() {
        MockServerWebExchange exchange = exchange(Locale.ENGLISH);

        write(exchange, new QueryTimeoutException("57014"));

        assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(exchange.getResponse().getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo("1");
    }

    @Test
    void roundsTheWaitingTimeUp() {
        MockServerWebExchange exchange = exchange(Locale.ENGLISH);

        write(exchange, CommonProblem.TOO_MANY_REQUESTS.exception().retryAfter(Duration.ofMillis(1200)));

        assertThat(exchange.getResponse().getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo("2");
    }

    @Test
    void showsAPageToAPersonWhoNavigates() {
        ProblemPage page = (exchange, problem) -> exchange.getResponse()
                .writeWith(Mono.just(exchange.getResponse()
                        .bufferFactory()
                        .wrap(("<h1>" + problem.getTitle() + "</h1>").getBytes())));
        var withPage = new ProblemRenderer(new ProblemTexts(List.of()), JSON, page);
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/documents")
                .accept(MediaType.TEXT_HTML)
                .acceptLanguageAsLocales(Locale.ENGLISH));

        StepVerifier.create(withPage.write(exchange, CommonProblem.NOT_FOUND.exception()))
                .verifyComplete();

        assertThat(exchange.getResponse().getBodyAsString().block()).isEqualTo("<h1>Not found</h1>");
    }

    private JsonNode write(MockServerWebExchange exchange, Throwable fault) {
        StepVerifier.create(renderer.write(exchange, fault)).verifyComplete();
        return JSON.readTree(exchange.getResponse().getBodyAsString().block());
    }

    private static MockServerWebExchange exchange(Locale locale) {
        return MockServerWebExchange.from(
                MockServerHttpRequest.get("/v1/things/1?secret=1").acceptLanguageAsLocales(locale));
    }
}

package io.darvoza.gateway.token;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.IdentityProperties;
import io.darvoza.gateway.GatewayProblem;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Keycloak's endpoints for tokens and for the end of a session. Never asked twice: a refresh token counts once. */
@Component
public final class KeycloakTokens {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LARGEST_ANSWER = 64 * 1024;

    /** Keycloak's answer as it came: tokens, or an OAuth error (RFC 6749 §5.2). */
    public record Answer(HttpStatusCode status, @Nullable String challenge, byte[] body) {}

    private final WebClient client;
    private final URI endpoint;
    private final URI endSession;

    KeycloakTokens(WebClient.Builder builder, IdentityProperties identity, TokenProperties properties) {
        this.client = client(builder, properties);
        this.endpoint = Objects.requireNonNull(identity.tokenUri(), "darvoza.identity.token-uri");
        this.endSession = endpoint.resolve("logout");
    }

    private static WebClient client(WebClient.Builder builder, TokenProperties properties) {
        HttpClient http = HttpClient.create()
                .disableRetry(true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(properties.connectTimeout().toMillis()))
                .responseTimeout(properties.responseTimeout());
        return builder.clone()
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                .build();
    }

    /** A client with the time-outs of this endpoint, for Spring Security's exchange of a code. */
    public WebClient client() {
        return client;
    }

    /**
     * Asks for tokens.
     *
     * @param authorization the client's credentials, unless they are in the form
     * @param form {@code application/x-www-form-urlencoded}
     * @return ends with {@code identity_unavailable} when Keycloak cannot be reached or does not answer in time
     */
    public Mono<Answer> ask(@Nullable String authorization, byte[] form) {
        return post(endpoint, authorization, form).onErrorMap(KeycloakTokens::isOutage, KeycloakTokens::unavailable);
    }

    /**
     * Ends the session that a refresh token belongs to, with all its tokens, as if the person had signed out.
     *
     * @return whether Keycloak did; ends with {@code identity_unavailable} when it cannot be reached
     */
    public Mono<Boolean> endSession(String authorization, String refreshToken) {
        String form = "refresh_token=" + URLEncoder.encode(refreshToken, StandardCharsets.UTF_8);
        return post(endSession, authorization, form.getBytes(StandardCharsets.US_ASCII))
                .map(answer -> answer.status().is2xxSuccessful())
                .onErrorMap(KeycloakTokens::isOutage, KeycloakTokens::unavailable);
    }

    private Mono<Answer> post(URI address, @Nullable String authorization, byte[] form) {
        return client.post()
                .uri(address)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .accept(MediaType.APPLICATION_JSON)
                .headers(headers -> {
                    if (authorization != null) {
                        headers.set(HttpHeaders.AUTHORIZATION, authorization);
                    }
                })
                .bodyValue(form)
                .exchangeToMono(response -> response.bodyToMono(byte[].class)
                        .defaultIfEmpty(new byte[0])
                        .map(body -> new Answer(
                                response.statusCode(),
                                response.headers().asHttpHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE),
                                body)))
                .flatMap(KeycloakTokens::orUnavailable);
    }

    private static Mono<Answer> orUnavailable(Answer answer) {
        return answer.status().is5xxServerError()
                ? Mono.error(unavailable(new IllegalStateException("Keycloak answered " + answer.status())))
                : Mono.just(answer);
    }

    /** Whether Keycloak could not be reached, as opposed to having refused. */
    public static boolean isOutage(Throwable fault) {
        return fault instanceof WebClientRequestException || fault instanceof TimeoutException;
    }

    /** The problem of an outage. */
    public static ProblemException unavailable(Throwable fault) {
        return GatewayProblem.IDENTITY_UNAVAILABLE.exception().retryAfter(PAUSE).causedBy(fault);
    }
}

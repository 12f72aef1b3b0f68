package io.darvoza.payments.webhook;

import io.darvoza.payments.webhook.model.Attempt;
import io.darvoza.payments.webhook.model.CallbackUrl;
import io.darvoza.payments.webhook.model.PublicAddress;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Calls a partner's endpoint, once: bounded in time as a whole, without redirects, without a hidden second try, and to public
 * addresses alone. Whatever happens is an {@link Attempt}; this never fails.
 */
final class CallbackClient implements DisposableBean {

    /** What is kept of an answer, for people. */
    private static final int KEPT = 2048;

    private static final int SECONDS_DIGITS = 9;

    private final WebhookProperties properties;
    private final Clock clock;
    private final ConnectionProvider connections;
    private final HttpClient open;
    private final HttpClient guarded;

    /**
     * Makes the client.
     *
     * @param transport what to add to the connections' making, such as another resolver
     */
    CallbackClient(WebhookProperties properties, Clock clock, UnaryOperator<HttpClient> transport) {
        this.properties = properties;
        this.clock = clock;
        this.connections = ConnectionProvider.builder("webhooks")
                .maxConnections(properties.concurrency())
                .maxIdleTime(Duration.ofSeconds(10))
                .pendingAcquireTimeout(properties.timeout())
                .build();
        this.open = transport
                .apply(HttpClient.create(connections))
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(properties.connectTimeout().toMillis()))
                .responseTimeout(properties.timeout())
                .disableRetry(true)
                .headers(headers ->
                        headers.set("User-Agent", "Darvoza-Webhooks/1").set("Content-Type", "application/json"));
        this.guarded = open.doOnChannelInit((_, channel, _) ->
                channel.pipeline().addFirst("public-addresses", new AddressGuard(PublicAddress::is)));
    }

    /** Sends the message; the signature covers this moment. */
    Mono<Attempt> send(Due due) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return CallbackUrl.refusal(due.url(), properties.exceptions())
                    .map(_ -> Mono.just(new Attempt(0, null, null, "address_refused", 0)))
                    .orElseGet(() -> call(due, start));
        });
    }

    private Mono<Attempt> call(Due due, long start) {
        Instant now = clock.instant();
        String signatures = due.secrets().stream()
                .map(secret -> secret.sign(due.messageId(), now, due.body()))
                .collect(Collectors.joining(" "));
        URI uri = URI.create(due.url());
        HttpClient client = CallbackUrl.isException(uri, properties.exceptions()) ? open : guarded;
        return client.headers(headers -> headers.set("webhook-id", due.messageId())
                        .set("webhook-timestamp", now.getEpochSecond())
                        .set("webhook-signature", signatures))
                .post()
                .uri(uri)
                .send((request, out) -> {
                    byte[] body = due.body().getBytes(StandardCharsets.UTF_8);
                    request.header("Content-Length", Integer.toString(body.length));
                    return out.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
                })
                .response((response, content) -> beginningOf(content).map(text -> answered(response, text, start)))
                .next()
                .timeout(properties.timeout())
                .onErrorResume(fault -> Mono.just(new Attempt(0, null, null, wordFor(fault), millisSince(start))));
    }

    /** The body is for people: its beginning will do, and no receiver can make us read for ever. */
    private static Mono<String> beginningOf(ByteBufFlux content) {
        return content.asByteArray()
                .scan(new byte[0], CallbackClient::joined)
                .takeUntil(bytes -> bytes.length >= KEPT)
                .last(new byte[0])
                .map(CallbackClient::printable);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        int more = Math.min(other.length, KEPT - one.length);
        byte[] all = Arrays.copyOf(one, one.length + more);
        System.arraycopy(other, 0, all, one.length, more);
        return all;
    }

    /** PostgreSQL takes no NUL. */
    private static String printable(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace('\0', '?');
    }

    private Attempt answered(HttpClientResponse response, String text, long start) {
        return new Attempt(
                response.status().code(),
                retryAfter(response.responseHeaders().get("Retry-After")),
                text.isEmpty() ? null : text,
                null,
                millisSince(start));
    }

    /** Seconds or an HTTP date; anything else says nothing. */
    private @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String text = header.strip();
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > SECONDS_DIGITS
                    ? properties.longestPause()
                    : Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration pause = Duration.between(clock.instant(), then);
            return pause.isNegative() ? null : pause;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** A word that partners see: nothing of our insides. */
    private static String wordFor(Throwable fault) {
        if (AddressGuard.refused(fault)) {
            return "address_refused";
        }
        return switch (fault) {
            case TimeoutException _ -> "timeout";
            case io.netty.handler.timeout.TimeoutException _ -> "timeout";
            case UnknownHostException _ -> "unknown_host";
            case SSLException _ -> "tls_failed";
            case ConnectException _ -> "not_connected";
            default -> "connection_lost";
        };
    }

    private static int millisSince(long start) {
        return Math.toIntExact(Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    @Override
    public void destroy() {
        connections.dispose();
    }
}

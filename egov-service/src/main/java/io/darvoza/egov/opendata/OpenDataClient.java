package io.darvoza.egov.opendata;

import io.darvoza.common.client.OutsideClients;
import io.darvoza.egov.apilog.ApiCall;
import io.darvoza.egov.apilog.ApiLog;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.setting.ApiKey;
import io.darvoza.egov.setting.Dataset;
import io.micrometer.common.KeyValue;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.TimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends one request to data.egov.kz v4 and reads its answer; never fails. The key travels in the query, as the portal wants it, and
 * is nowhere else: neither in logs, nor in traces, metrics, or faults, which do not leave this class.
 */
@Component
class OpenDataClient {

    private static final String PATH = "/{dataset}/{version}";
    private static final String QUERY = "?source={source}&apiKey={apiKey}";
    private static final String ENDPOINT = "/api/v4" + PATH;

    private final WebClient http;
    private final ApiLog log;
    private final JsonMapper json;

    OpenDataClient(OutsideClients clients, ApiLog log, JsonMapper json) {
        this.http = clients.build("open-data")
                .mutate()
                .observationConvention(new WithoutAddress())
                .build();
        this.log = log;
        this.json = json;
    }

    /**
     * One request.
     *
     * @param number null for the probe, which asks for any one row
     * @param limit longest time, the body included
     */
    Mono<Answer> ask(
            URI base, Dataset dataset, @Nullable DocumentNumber number, ApiKey key, Slot.Granted slot, Duration limit) {
        var bytes = new AtomicLong();
        var status = new AtomicLong();
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return http.get()
                    .uri(base + PATH + QUERY, dataset.name(), dataset.version(), source(dataset, number), key.secret())
                    .accept(MediaType.APPLICATION_JSON)
                    .httpRequest(_ -> requireLiving(slot))
                    .exchangeToMono(response -> read(response, status, bytes))
                    .timeout(limit)
                    .onErrorResume(fault -> Mono.just(failure(fault)))
                    .flatMap(answer -> log.write(ApiCall.out(
                                    ENDPOINT.replace("{dataset}", dataset.name())
                                            .replace("{version}", dataset.version()),
                                    number,
                                    status.get() == 0 ? null : (int) status.get(),
                                    Duration.ofNanos(System.nanoTime() - start),
                                    bytes.get(),
                                    key.id(),
                                    wordOf(answer)))
                            .thenReturn(answer));
        });
    }

    private String source(Dataset dataset, @Nullable DocumentNumber number) {
        Object query = number == null
                ? Map.of("match_all", Map.of())
                : Map.of("match", Map.of(dataset.field(), number.reveal()));
        return json.writeValueAsString(Map.of("size", number == null ? 1 : 10, "query", query));
    }

    /** Called when the connection is there and nothing is written yet. */
    private static void requireLiving(Slot.Granted slot) {
        if (!slot.use(System.nanoTime())) {
            throw new CancellationException("the slot is dead or used");
        }
    }

    private static Mono<Answer> read(ClientResponse response, AtomicLong status, AtomicLong bytes) {
        status.set(response.statusCode().value());
        String retryAfter = response.headers().asHttpHeaders().getFirst("Retry-After");
        return response.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map(body -> {
            bytes.set(body.length);
            return AnswerReader.read(response.statusCode().value(), retryAfter, body);
        });
    }

    private static Answer failure(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CancellationException _ -> {
                    return new Answer.NotSent();
                }
                case TimeoutException _, ConnectTimeoutException _, java.util.concurrent.TimeoutException _ -> {
                    return Answer.Failure.ofIllUpstream(Reason.UPSTREAM_TIMEOUT, true);
                }
                case DataBufferLimitException _ -> {
                    return Answer.Failure.ofIllUpstream(Reason.UPSTREAM_FORMAT, false);
                }
                case WebClientResponseException down -> {
                    return AnswerReader.read(down.getStatusCode().value(), null, new byte[0]);
                }
                default -> {}
            }
        }
        return Answer.Failure.ofIllUpstream(Reason.UPSTREAM_ERROR, true);
    }

    private static @Nullable String wordOf(Answer answer) {
        return switch (answer) {
            case Answer.Rows _ -> null;
            case Answer.NotSent _ -> "NOT_SENT";
            case Answer.Failure failure -> failure.reason().name();
        };
    }

    /** The address of a request holds the key and a person's number. */
    private static final class WithoutAddress extends DefaultClientRequestObservationConvention {

        @Override
        protected KeyValue httpUrl(ClientRequestObservationContext context) {
            return KeyValue.of("http.url", ENDPOINT);
        }

        /** The text of a fault repeats the address. */
        @Override
        protected KeyValue exception(ClientRequestObservationContext context) {
            Throwable fault = context.getError();
            return KeyValue.of(
                    "exception", fault == null ? "none" : fault.getClass().getSimpleName());
        }
    }
}

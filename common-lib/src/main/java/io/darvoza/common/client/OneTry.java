package io.darvoza.common.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One try of a call: bounded as a whole, body included, however slowly it drips; told in one line of the log; a fault when the
 * answer says that the system behind it is down.
 */
final class OneTry implements ExchangeFilterFunction {

    private static final Logger log = LoggerFactory.getLogger(OutsideClients.class);
    private static final Set<HttpStatusCode> DOWN =
            Set.of(HttpStatus.BAD_GATEWAY, HttpStatus.SERVICE_UNAVAILABLE, HttpStatus.GATEWAY_TIMEOUT);

    private final String name;
    private final Duration callTimeout;

    OneTry(String name, Duration callTimeout) {
        this.name = name;
        this.callTimeout = callTimeout;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return next.exchange(request)
                    .timeout(callTimeout)
                    .onErrorMap(TimeoutException.class, late -> faultOf(request, late))
                    .doOnNext(response -> log.info(
                            "{} {} {} ms", line(request), response.statusCode().value(), since(start)))
                    .doOnError(
                            fault -> log.warn("{} failed after {} ms: {}", line(request), since(start), causeOf(fault)))
                    .map(response -> inTime(response, request, start))
                    .flatMap(OneTry::faultWhenDown);
        });
    }

    private ClientResponse inTime(ClientResponse response, ClientRequest request, long start) {
        Duration left = callTimeout.minusMillis(since(start));
        return response.mutate()
                .body(body -> body.takeUntilOther(Mono.delay(left, Schedulers.parallel())
                        .then(Mono.error(() -> faultOf(request, new TimeoutException("body took too long"))))))
                .build();
    }

    private static Mono<ClientResponse> faultWhenDown(ClientResponse response) {
        return DOWN.contains(response.statusCode())
                ? response.createException().flatMap(Mono::error)
                : Mono.just(response);
    }

    private static WebClientRequestException faultOf(ClientRequest request, TimeoutException late) {
        return new WebClientRequestException(late, request.method(), request.url(), request.headers());
    }

    private String line(ClientRequest request) {
        return name + " " + request.method() + " " + MaskedAddress.of(request);
    }

    private static long since(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    /** The kind of fault only: messages repeat the whole address. */
    private static String causeOf(Throwable fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        return cause.getClass().getSimpleName();
    }
}

package io.darvoza.common.client;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Repeats a call of an idempotent method (RFC 9110 §9.2.2) after a fault that may pass: never a POST, whose first try may have
 * taken effect.
 */
final class Retries implements ExchangeFilterFunction {

    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);
    private static final double RANDOM_PART = 0.5;

    private final OutsideClientProperties.Settings settings;

    Retries(OutsideClientProperties.Settings settings) {
        this.settings = settings;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        Mono<ClientResponse> call = Mono.defer(() -> next.exchange(request));
        if (settings.retries() == 0 || !IDEMPOTENT.contains(request.method())) {
            return call;
        }
        return call.retryWhen(Retry.backoff(settings.retries(), settings.retryDelay())
                .jitter(RANDOM_PART)
                .filter(WebClientException.class::isInstance)
                .onRetryExhaustedThrow((_, last) -> last.failure()));
    }
}

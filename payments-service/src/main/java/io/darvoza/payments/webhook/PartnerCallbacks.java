package io.darvoza.payments.webhook;

import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.payments.PaymentsProblem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A partner's callbacks for its own people: where they go, what became of them. A foreign object is not there. */
@Service
public final class PartnerCallbacks {

    private final Endpoints endpoints;
    private final ManageWebhooks manage;
    private final Deliveries deliveries;
    private final WebhookProperties properties;

    PartnerCallbacks(Endpoints endpoints, ManageWebhooks manage, Deliveries deliveries, WebhookProperties properties) {
        this.endpoints = endpoints;
        this.manage = manage;
        this.deliveries = deliveries;
        this.properties = properties;
    }

    /** A new endpoint with its secret in clear, which nobody is shown again. */
    public record Added(Endpoint endpoint, String secret) {}

    /** The partner's endpoints, newest first. */
    public Flux<Endpoint> endpointsOf(UUID partnerId) {
        return endpoints.of(partnerId);
    }

    /** Adds an endpoint that hears of everything. Raises {@link CommonProblem#VALIDATION_FAILED} for a bad address. */
    public Mono<Added> add(UUID partnerId, String url, String actor) {
        return Mono.defer(() -> manage.add(
                        partnerId,
                        new EndpointRequest(url, null, List.of(), null).toWish(properties.exceptions()),
                        actor))
                .map(added -> new Added(added.endpoint(), added.secret().text()));
    }

    /** Ends an endpoint; what waits for it is not sent. */
    public Mono<Void> delete(UUID partnerId, UUID endpoint, String actor) {
        return manage.delete(partnerId, endpoint, actor);
    }

    /** An endpoint's deliveries, newest first, of one state if given. */
    public Mono<Page<Delivery>> deliveries(UUID partnerId, UUID endpoint, @Nullable String state, PageRequest page) {
        return manage.own(partnerId, endpoint).flatMap(own -> deliveries.page(own.id(), state, page));
    }

    /** Sends a message that only tests the way. Raises {@link PaymentsProblem#STATE_CONFLICT} for one that is off. */
    public Mono<Void> test(UUID partnerId, UUID endpoint) {
        return manage.test(partnerId, endpoint).then();
    }

    /** Sends a message again, under its old id. Raises {@link PaymentsProblem#STATE_CONFLICT} when its endpoint is off. */
    public Mono<Void> again(UUID partnerId, UUID delivery) {
        return deliveries
                .find(partnerId, delivery)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(found -> deliveries.again(found.id()))
                .filter(repeated -> repeated)
                .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                .then();
    }
}

package io.darvoza.payments.webhook;

import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.signature.CallingPartner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What was sent to a partner's endpoints, and sending it again. */
@RestController
@AllowedTo("partner")
@Tag(name = "Partner: webhooks")
class DeliveryController {

    private static final Set<String> STATES = Set.of("pending", "delivered", "failed");

    private final CallingPartner partner;
    private final ManageWebhooks manage;
    private final Deliveries deliveries;

    DeliveryController(CallingPartner partner, ManageWebhooks manage, Deliveries deliveries) {
        this.partner = partner;
        this.manage = manage;
        this.deliveries = deliveries;
    }

    /** Deliveries, newest first; nextCursor is absent on the last page. */
    @Schema(name = "WebhookDeliveries")
    record DeliveriesResponse(
            List<DeliveryResponse> deliveries, @Nullable String nextCursor) {

        static DeliveriesResponse from(Page<Delivery> page) {
            return new DeliveriesResponse(page.map(DeliveryResponse::from).items(), page.nextCursor());
        }
    }

    /** Which failed deliveries to send again, by the time of their making. */
    @Schema(name = "WebhookRepeat")
    record RepeatRequest(@Nullable Instant from, @Nullable Instant to) {}

    /** How many go out again. */
    @Schema(name = "WebhookRepeated")
    record RepeatedResponse(long deliveries) {}

    @GetMapping("/v1/payments/webhooks/{id}/deliveries")
    @Operation(operationId = "listWebhookDeliveries", summary = "What was sent to an endpoint, newest first")
    Mono<DeliveriesResponse> list(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (state != null && !STATES.contains(state)) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/state", "pending, delivered or failed");
        }
        PageRequest page = PageRequest.of(limit, cursor);
        return partner.id()
                .flatMap(own -> manage.own(own, id))
                .flatMap(endpoint -> deliveries.page(endpoint.id(), state, page))
                .map(DeliveriesResponse::from);
    }

    @PostMapping("/v1/payments/webhooks/{id}/test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "testWebhook", summary = "Sends a webhook.test to the endpoint")
    Mono<DeliveryResponse> test(@PathVariable UUID id) {
        return partner.id()
                .flatMap(own -> manage.test(own, id).flatMap(delivery -> deliveries.find(own, delivery)))
                .map(DeliveryResponse::from);
    }

    @PostMapping("/v1/payments/webhooks/{id}/redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "redeliverFailedWebhooks",
            summary = "Sends again what failed, oldest first, at most " + Deliveries.MOST_AGAIN + " at a time")
    Mono<RepeatedResponse> redeliverFailed(@PathVariable UUID id, @RequestBody RepeatRequest request) {
        Instant from = request.from() == null ? Instant.EPOCH : request.from();
        Instant to = request.to() == null ? Instant.parse("9999-12-31T23:59:59Z") : request.to();
        return partner.id()
                .flatMap(own -> manage.own(own, id))
                .filter(Endpoint::isActive)
                .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                .flatMap(endpoint -> deliveries.failedAgain(endpoint.id(), from, to))
                .map(RepeatedResponse::new);
    }

    @PostMapping("/v1/payments/webhooks/deliveries/{id}/redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "redeliverWebhook", summary = "Sends one message again, under its old id")
    Mono<DeliveryResponse> redeliver(@PathVariable UUID id) {
        return partner.id()
                .flatMap(own -> found(own, id)
                        .flatMap(delivery -> deliveries.again(delivery.id()))
                        .filter(repeated -> repeated)
                        .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                        .then(Mono.defer(() -> found(own, id))))
                .map(DeliveryResponse::from);
    }

    private Mono<Delivery> found(UUID own, UUID id) {
        return deliveries.find(own, id).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}

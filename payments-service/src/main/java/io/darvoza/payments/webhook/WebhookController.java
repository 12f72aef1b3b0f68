package io.darvoza.payments.webhook;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.signature.CallingPartner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A partner's webhook endpoints. */
@RestController
@AllowedTo("partner")
@Tag(name = "Partner: webhooks")
class WebhookController {

    private final CallingPartner partner;
    private final Endpoints endpoints;
    private final ManageWebhooks manage;
    private final WebhookProperties properties;

    WebhookController(
            CallingPartner partner, Endpoints endpoints, ManageWebhooks manage, WebhookProperties properties) {
        this.partner = partner;
        this.endpoints = endpoints;
        this.manage = manage;
        this.properties = properties;
    }

    /** All endpoints of the partner, newest first. */
    @Schema(name = "Webhooks")
    record EndpointsResponse(List<EndpointResponse> webhooks) {}

    @GetMapping("/v1/payments/webhooks")
    @Operation(operationId = "listWebhooks", summary = "The partner's endpoints, newest first, without their secrets")
    Mono<EndpointsResponse> list() {
        return partner.id()
                .flatMapMany(endpoints::of)
                .map(EndpointResponse::from)
                .collectList()
                .map(EndpointsResponse::new);
    }

    @GetMapping("/v1/payments/webhooks/{id}")
    @Operation(operationId = "getWebhook", summary = "An endpoint, without its secret")
    Mono<EndpointResponse> get(@PathVariable UUID id) {
        return partner.id().flatMap(own -> manage.own(own, id)).map(EndpointResponse::from);
    }

    @PostMapping("/v1/payments/webhooks")
    @Operation(
            operationId = "createWebhook",
            summary = "A new endpoint; its secret is in this answer only",
            responses = @ApiResponse(responseCode = "201", description = "The endpoint with its secret"))
    Mono<ResponseEntity<EndpointResponse>> create(@RequestBody EndpointRequest request, Caller caller) {
        Endpoints.Wish wish = request.toWish(properties.exceptions());
        return partner.id()
                .flatMap(own -> manage.add(own, wish, caller.principalKey()))
                .map(added -> withSecret(
                        ResponseEntity.created(URI.create(
                                "/v1/payments/webhooks/" + added.endpoint().id())),
                        added));
    }

    @PutMapping("/v1/payments/webhooks/{id}")
    @Operation(operationId = "changeWebhook", summary = "Another address, other events, off or on again")
    Mono<EndpointResponse> change(@PathVariable UUID id, @RequestBody EndpointRequest request, Caller caller) {
        Endpoints.Wish wish = request.toWish(properties.exceptions());
        return partner.id()
                .flatMap(own -> manage.change(own, id, wish, caller.principalKey()))
                .map(EndpointResponse::from);
    }

    @PostMapping("/v1/payments/webhooks/{id}/secret")
    @Operation(
            operationId = "renewWebhookSecret",
            summary = "Another secret; for a time callbacks carry the signatures of both")
    Mono<ResponseEntity<EndpointResponse>> renewSecret(@PathVariable UUID id, Caller caller) {
        return partner.id()
                .flatMap(own -> manage.renewSecret(own, id, caller.principalKey()))
                .map(renewed -> withSecret(ResponseEntity.ok(), renewed));
    }

    @DeleteMapping("/v1/payments/webhooks/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteWebhook",
            summary = "Ends an endpoint; what waits for it is not sent",
            responses = @ApiResponse(responseCode = "204", description = "It is gone"))
    Mono<Void> delete(@PathVariable UUID id, Caller caller) {
        return partner.id().flatMap(own -> manage.delete(own, id, caller.principalKey()));
    }

    private static ResponseEntity<EndpointResponse> withSecret(
            ResponseEntity.BodyBuilder answer, ManageWebhooks.WithSecret made) {
        return answer.cacheControl(CacheControl.noStore()).body(EndpointResponse.from(made.endpoint(), made.secret()));
    }
}

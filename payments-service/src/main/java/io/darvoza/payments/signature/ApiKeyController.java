package io.darvoza.payments.signature;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A partner's API keys. */
@RestController
@AllowedTo("partner")
@Tag(name = "Partner: keys")
class ApiKeyController {

    private final CallingPartner partner;
    private final ApiKeys keys;
    private final ManageApiKeys manage;
    private final Clock clock;

    ApiKeyController(CallingPartner partner, ApiKeys keys, ManageApiKeys manage, Clock clock) {
        this.partner = partner;
        this.keys = keys;
        this.manage = manage;
        this.clock = clock;
    }

    /** All keys of the partner, newest first. */
    @Schema(name = "ApiKeys")
    record ApiKeysResponse(List<ApiKeyResponse> keys) {}

    /**
     * How to rotate.
     *
     * @param overlapSeconds how long the old key still counts
     */
    @Schema(name = "ApiKeyRotation")
    record RotationRequest(@Nullable Long overlapSeconds) {

        @Nullable
        Duration overlap(Duration longest) {
            if (overlapSeconds == null) {
                return null;
            }
            if (overlapSeconds < 0 || overlapSeconds > longest.toSeconds()) {
                throw CommonProblem.VALIDATION_FAILED
                        .exception()
                        .error("/overlap_seconds", "0 to " + longest.toSeconds());
            }
            return Duration.ofSeconds(overlapSeconds);
        }
    }

    @GetMapping("/v1/payments/keys")
    @Operation(operationId = "listApiKeys", summary = "The partner's keys, newest first, without their secrets")
    Mono<ApiKeysResponse> list() {
        return partner.id()
                .flatMapMany(keys::of)
                .map(key -> ApiKeyResponse.from(key, clock.instant()))
                .collectList()
                .map(ApiKeysResponse::new);
    }

    @PostMapping("/v1/payments/keys")
    @Operation(
            operationId = "createApiKey",
            summary = "A new key; its secret is in this answer only",
            responses = @ApiResponse(responseCode = "201", description = "The key with its secret"))
    Mono<ResponseEntity<ApiKeyResponse>> create(
            @RequestBody ApiKeyRequest request, Caller caller, @Parameter(hidden = true) ServerWebExchange exchange) {
        ApiKeys.Wish wish = request.toWish(clock.instant());
        return partner.id()
                .flatMap(id -> manage.issue(id, wish, ApiKey.of(exchange), caller.principalKey()))
                .map(this::created);
    }

    @PostMapping("/v1/payments/keys/{id}/rotate")
    @Operation(
            operationId = "rotateApiKey",
            summary = "A new key in place of this one, which counts until the overlap is over",
            responses = @ApiResponse(responseCode = "201", description = "The new key with its secret"))
    Mono<ResponseEntity<ApiKeyResponse>> rotate(
            @PathVariable UUID id,
            @RequestBody(required = false) @Nullable RotationRequest request,
            Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        Duration overlap = request == null ? null : request.overlap(manage.maxOverlap());
        return partner.id()
                .flatMap(own -> manage.rotate(own, id, overlap, ApiKey.of(exchange), caller.principalKey()))
                .map(this::created);
    }

    @DeleteMapping("/v1/payments/keys/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "revokeApiKey",
            summary = "Ends a key at once",
            responses = @ApiResponse(responseCode = "204", description = "It counts no more"))
    Mono<Void> revoke(@PathVariable UUID id, Caller caller) {
        return partner.id().flatMap(own -> manage.revoke(own, id, caller.principalKey()));
    }

    private ResponseEntity<ApiKeyResponse> created(IssuedKey issued) {
        return ResponseEntity.created(
                        URI.create("/v1/payments/keys/" + issued.key().id()))
                .cacheControl(CacheControl.noStore())
                .body(ApiKeyResponse.from(issued, clock.instant()));
    }
}

package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.PaymentOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who has which order in hand: T7, T8. */
@RestController
@Tag(name = "Оператор")
@AllowedTo({"payments_operator", "payments_supervisor"})
class ClaimController {

    private final CommandOrder command;
    private final Orders orders;
    private final NextOrder next;
    private final OrderProperties properties;
    private final Clock clock;

    ClaimController(CommandOrder command, Orders orders, NextOrder next, OrderProperties properties, Clock clock) {
        this.command = command;
        this.orders = orders;
        this.next = next;
        this.properties = properties;
        this.clock = clock;
    }

    /** Until when the claim holds now. */
    @Schema(name = "Heartbeat")
    record HeartbeatResponse(Instant leaseUntil, Instant serverTime) {}

    /** To whom the order goes; without a person, back to all. */
    @Schema(name = "Reassignment")
    record ReassignRequest(
            @Schema(description = "Keycloak subject") @Nullable
            String subject,

            @Nullable String name) {

        Command command(Duration lease) {
            if ((subject == null) != (name == null)
                    || (subject != null && (subject.isBlank() || subject.length() > 200))) {
                throw CommonProblem.VALIDATION_FAILED.exception().error("/subject", "subject and name, or neither");
            }
            return new Command.Reassign(subject == null ? null : "user:" + subject, name, lease);
        }
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/claim")
    @Operation(operationId = "claimOrder", summary = "Take an order in hand")
    Mono<ResponseEntity<OpsOrderResponse>> claim(@PathVariable UUID uid, Caller caller) {
        return run(uid, caller, new Command.TakeClaim(properties.lease()));
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/release")
    @Operation(operationId = "releaseOrder", summary = "Give an order back to the queue")
    Mono<ResponseEntity<OpsOrderResponse>> release(@PathVariable UUID uid, Caller caller) {
        return run(uid, caller, new Command.Release());
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/reassign")
    @AllowedTo("payments_supervisor")
    @Operation(operationId = "reassignOrder", summary = "Give an order to somebody, or back to the queue")
    Mono<ResponseEntity<OpsOrderResponse>> reassign(
            @PathVariable UUID uid, @RequestBody ReassignRequest request, Caller caller) {
        return run(uid, caller, request.command(properties.lease()));
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/heartbeat")
    @Operation(
            operationId = "keepOrder",
            summary = "Go on holding an order",
            description = "Leaves the version as it is.")
    Mono<HeartbeatResponse> heartbeat(@PathVariable UUID uid, Caller caller) {
        Actor actor = Actors.staff(caller);
        Instant now = clock.instant();
        Instant until = now.plus(properties.lease());
        return orders.withUid(uid)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(_ -> orders.heartbeat(uid, actor.id(), until))
                .filter(kept -> kept)
                .switchIfEmpty(Mono.error(PaymentsProblem.CLAIM_REQUIRED::exception))
                .map(_ -> new HeartbeatResponse(until, now));
    }

    @PostMapping("/v1/payments/ops/orders/next")
    @Operation(operationId = "nextOrder", summary = "Take the oldest order that nobody has", description = "204: none.")
    Mono<ResponseEntity<OpsOrderResponse>> next(Caller caller) {
        Actor actor = Actors.staff(caller);
        return next.claim(actor)
                .map(order -> answer(order, actor))
                .defaultIfEmpty(ResponseEntity.noContent().build());
    }

    private Mono<ResponseEntity<OpsOrderResponse>> run(UUID uid, Caller caller, Command order) {
        Actor actor = Actors.staff(caller);
        return command.handle(CommandOrder.Call.of(uid, actor, order)).map(after -> answer(after, actor));
    }

    private ResponseEntity<OpsOrderResponse> answer(PaymentOrder order, Actor actor) {
        return ResponseEntity.ok()
                .eTag("\"" + order.state().version() + "\"")
                .body(OpsOrderResponse.from(order, actor.id(), clock.instant()));
    }
}

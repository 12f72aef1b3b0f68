package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.PaymentOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One command for many orders; never an approval. Each order answers for itself, and none undoes another. */
@RestController
@Tag(name = "Оператор")
class BulkController {

    private static final int MOST = 100;

    private final CommandOrder command;
    private final HoldOrder hold;
    private final Orders orders;
    private final Notes notes;
    private final OrderProperties properties;

    BulkController(CommandOrder command, HoldOrder hold, Orders orders, Notes notes, OrderProperties properties) {
        this.command = command;
        this.hold = hold;
        this.orders = orders;
        this.notes = notes;
        this.properties = properties;
    }

    @Schema(name = "BulkCommand")
    record BulkRequest(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"claim", "release", "reassign", "fail", "reject", "hold", "unhold", "note"})
            @Nullable
            String action,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "1 to 100") @Nullable
            List<UUID> uids,

            @Schema(description = "Of fail and reject") @Nullable
            String reason,

            @Schema(maxLength = 2000, description = "Of fail and reject; the text of a note") @Nullable
            String comment,

            @Schema(description = "Of hold", example = "789") @Nullable
            String supportingDocumentId,

            @Schema(description = "Of reassign: Keycloak subject; without one, back to all") @Nullable
            String subject,

            @Schema(description = "Of reassign: the subject's name") @Nullable
            String name) {}

    @Schema(name = "BulkResult")
    record BulkResponse(List<BulkItem> items) {}

    /** What became of one order: its new status and version, or the code of the problem. */
    @Schema(name = "BulkResultItem")
    record BulkItem(
            UUID uid,
            @Nullable String status,
            @Nullable Long version,
            @Nullable String code) {}

    @PostMapping("/v1/payments/ops/orders/bulk")
    @AllowedTo({"payments_operator", "payments_supervisor"})
    @Operation(operationId = "bulk", summary = "One command for up to 100 orders", description = "Never an approval.")
    Mono<BulkResponse> run(@RequestBody BulkRequest request, Caller caller) {
        List<UUID> uids = request.uids();
        if (uids == null || uids.isEmpty() || uids.size() > MOST) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/uids", "1.." + MOST);
        }
        Function<UUID, Mono<PaymentOrder>> step = step(request, Actors.staff(caller));
        return Flux.fromIterable(new LinkedHashSet<>(uids))
                .concatMap(uid -> one(uid, step))
                .collectList()
                .map(BulkResponse::new);
    }

    private static Mono<BulkItem> one(UUID uid, Function<UUID, Mono<PaymentOrder>> step) {
        return step.apply(uid)
                .map(after -> new BulkItem(
                        uid, after.state().status().word(), after.state().version(), null))
                .onErrorResume(
                        ProblemException.class,
                        refusal -> Mono.just(
                                new BulkItem(uid, null, null, refusal.type().code())));
    }

    /** What is done to each; refuses a request that says too little for any of them. */
    private Function<UUID, Mono<PaymentOrder>> step(BulkRequest request, Actor actor) {
        return switch (String.valueOf(request.action())) {
            case "claim" -> commanding(new Command.TakeClaim(properties.lease()), actor);
            case "release" -> commanding(new Command.Release(), actor);
            case "reassign" ->
                commanding(
                        new ClaimController.ReassignRequest(request.subject(), request.name())
                                .command(properties.lease()),
                        actor);
            case "fail" ->
                commanding(new DecisionController.FailRequest(request.reason(), request.comment()).command(), actor);
            case "reject" ->
                commanding(new DecisionController.RejectRequest(request.reason(), request.comment()).command(), actor);
            case "hold" -> {
                long document = new DecisionController.HoldRequest(request.supportingDocumentId()).document();
                yield uid -> hold.handle(uid, actor, null, document);
            }
            case "unhold" -> commanding(new Command.Unhold(), actor);
            case "note" -> {
                String text = Notes.text(request.comment(), "/comment");
                yield uid -> orders.withUid(uid)
                        .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                        .delayUntil(order -> notes.add(order, actor, text));
            }
            default ->
                throw DecisionController.invalid(
                        "/action", "claim, release, reassign, fail, reject, hold, unhold or note");
        };
    }

    private Function<UUID, Mono<PaymentOrder>> commanding(Command order, Actor actor) {
        return uid -> command.handle(CommandOrder.Call.of(uid, actor, order));
    }
}

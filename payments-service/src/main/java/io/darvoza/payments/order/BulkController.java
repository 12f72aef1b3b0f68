package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.FailureReason;
import io.darvoza.payments.order.model.RejectionReason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
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
    private static final int MAX_COMMENT = 2000;

    private final CommandOrder command;
    private final OrderProperties properties;

    BulkController(CommandOrder command, OrderProperties properties) {
        this.command = command;
        this.properties = properties;
    }

    @Schema(name = "BulkCommand")
    record BulkRequest(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"claim", "release", "fail", "reject"})
            @Nullable
            String action,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "1 to 100") @Nullable
            List<UUID> uids,

            @Schema(description = "Of fail and reject") @Nullable
            String reason,

            @Schema(maxLength = 2000) @Nullable String comment) {}

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
        Command order = command(request);
        Actor actor = Actors.staff(caller);
        return Flux.fromIterable(new LinkedHashSet<>(uids))
                .concatMap(uid -> one(uid, actor, order))
                .collectList()
                .map(BulkResponse::new);
    }

    private Mono<BulkItem> one(UUID uid, Actor actor, Command order) {
        return command.handle(CommandOrder.Call.of(uid, actor, order))
                .map(after -> new BulkItem(
                        uid, after.state().status().word(), after.state().version(), null))
                .onErrorResume(
                        ProblemException.class,
                        refusal -> Mono.just(
                                new BulkItem(uid, null, null, refusal.type().code())));
    }

    private Command command(BulkRequest request) {
        String comment = request.comment();
        if (comment != null && (comment.length() > MAX_COMMENT || comment.indexOf('\0') >= 0)) {
            throw DecisionController.invalid("/comment", "at most " + MAX_COMMENT);
        }
        String reason = String.valueOf(request.reason());
        return switch (String.valueOf(request.action())) {
            case "claim" -> new Command.TakeClaim(properties.lease());
            case "release" -> new Command.Release();
            case "fail" ->
                new Command.Fail(
                        FailureReason.ofWord(reason)
                                .orElseThrow(() -> DecisionController.invalid("/reason", "one of the listed")),
                        comment);
            case "reject" -> {
                if (comment == null || comment.isBlank()) {
                    throw DecisionController.invalid("/comment", "required");
                }
                yield new Command.Reject(
                        RejectionReason.ofWord(reason)
                                .orElseThrow(() -> DecisionController.invalid("/reason", "one of the listed")),
                        comment);
            }
            default -> throw DecisionController.invalid("/action", "claim, release, fail or reject");
        };
    }
}

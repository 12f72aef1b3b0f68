package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.FailureReason;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.order.model.RejectionReason;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What operators decide: T9–T13, T17, T18. Each decision names the version that it was made on. */
@RestController
@Tag(name = "Оператор")
class DecisionController {

    private static final int MAX_COMMENT = 2000;

    private final CommandOrder command;
    private final ApproveOrder approve;
    private final HoldOrder hold;
    private final Clock clock;

    DecisionController(CommandOrder command, ApproveOrder approve, HoldOrder hold, Clock clock) {
        this.command = command;
        this.approve = approve;
        this.hold = hold;
        this.clock = clock;
    }

    /** What came or went. A second person sends nothing but, if anything, what the first one did. */
    @Schema(name = "Approval")
    record ApproveRequest(
            @Schema(description = "Decimal; the asked amount when absent") @Nullable
            String actualAmount,

            @Schema(description = "The card that paid a withdrawal") @Nullable
            UUID payoutCardId,

            @Schema(maxLength = 64) @Nullable String bankReference,
            @Schema(maxLength = 2000) @Nullable String comment) {}

    @Schema(name = "Failure")
    record FailRequest(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"not_received", "bank_error", "payout_returned", "no_capacity"})
            @Nullable
            String reason,

            @Schema(maxLength = 2000) @Nullable String comment) {

        Command command() {
            requireComment(comment, false);
            return new Command.Fail(
                    FailureReason.ofWord(String.valueOf(reason))
                            .orElseThrow(() -> invalid("/reason", "one of the listed")),
                    comment);
        }
    }

    @Schema(name = "Rejection")
    record RejectRequest(
            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"suspected_fraud", "wrong_details", "limits", "aml", "duplicate"})
            @Nullable
            String reason,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 2000) @Nullable
            String comment) {

        Command command() {
            requireComment(comment, true);
            return new Command.Reject(
                    RejectionReason.ofWord(String.valueOf(reason))
                            .orElseThrow(() -> invalid("/reason", "one of the listed")),
                    String.valueOf(comment));
        }
    }

    @Schema(name = "Hold")
    record HoldRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "789") @Nullable
            String supportingDocumentId) {

        long document() {
            if (supportingDocumentId == null || !supportingDocumentId.matches("[1-9][0-9]{0,17}")) {
                throw invalid("/supporting_document_id", "the number of a document");
            }
            return Long.parseLong(supportingDocumentId);
        }
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/approve")
    @AllowedTo({"payments_operator", "payments_supervisor"})
    @Operation(
            operationId = "approveOrder",
            summary = "The money came, or went",
            description = "Above the bound it waits for a supervisor's own approve.")
    Mono<ResponseEntity<OpsOrderResponse>> approve(
            @PathVariable UUID uid,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String version,
            @RequestBody(required = false) @Nullable ApproveRequest request,
            Caller caller) {
        ApproveRequest decision = request == null ? new ApproveRequest(null, null, null, null) : request;
        requireComment(decision.comment(), false);
        Actor actor = Actors.staff(caller);
        return approve.handle(uid, actor, IfMatch.version(version), decision).map(order -> answer(order, actor));
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/fail")
    @AllowedTo({"payments_operator", "payments_supervisor"})
    @Operation(operationId = "failOrder", summary = "The money did not arrive, or could not be sent")
    Mono<ResponseEntity<OpsOrderResponse>> fail(
            @PathVariable UUID uid,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String version,
            @RequestBody FailRequest request,
            Caller caller) {
        return run(uid, caller, version, request.command());
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/reject")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance"})
    @Operation(operationId = "rejectOrder", summary = "Refuse an order")
    Mono<ResponseEntity<OpsOrderResponse>> reject(
            @PathVariable UUID uid,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String version,
            @RequestBody RejectRequest request,
            Caller caller) {
        return run(uid, caller, version, request.command());
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/hold")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance"})
    @Operation(operationId = "holdOrder", summary = "Wait for a document")
    Mono<ResponseEntity<OpsOrderResponse>> hold(
            @PathVariable UUID uid,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String version,
            @RequestBody HoldRequest request,
            Caller caller) {
        Actor actor = Actors.staff(caller);
        return hold.handle(uid, actor, IfMatch.version(version), request.document())
                .map(order -> answer(order, actor));
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/unhold")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance"})
    @Operation(operationId = "unholdOrder", summary = "Wait no longer")
    Mono<ResponseEntity<OpsOrderResponse>> unhold(
            @PathVariable UUID uid,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String version,
            Caller caller) {
        return run(uid, caller, version, new Command.Unhold());
    }

    private Mono<ResponseEntity<OpsOrderResponse>> run(
            UUID uid, Caller caller, @Nullable String version, Command decision) {
        Actor actor = Actors.staff(caller);
        return command.handle(CommandOrder.Call.of(uid, actor, IfMatch.version(version), decision))
                .map(order -> answer(order, actor));
    }

    private ResponseEntity<OpsOrderResponse> answer(PaymentOrder order, Actor actor) {
        return ResponseEntity.ok()
                .eTag("\"" + order.state().version() + "\"")
                .body(OpsOrderResponse.from(order, actor.id(), clock.instant()));
    }

    private static void requireComment(@Nullable String comment, boolean required) {
        boolean missing = required && (comment == null || comment.isBlank());
        if (missing || (comment != null && (comment.length() > MAX_COMMENT || comment.indexOf('\0') >= 0))) {
            throw invalid("/comment", "1.." + MAX_COMMENT);
        }
    }

    static RuntimeException invalid(String pointer, String detail) {
        return CommonProblem.VALIDATION_FAILED.exception().error(pointer, detail);
    }
}

package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Four eyes: what one person asked for and another decides, and the reversal, which always needs both. */
@RestController
@Tag(name = "Оператор")
@AllowedTo({"payments_supervisor", "payments_admin"})
class SecondApprovalController {

    private static final int MOST = 200;

    private final SecondApprovals waiting;
    private final SecondDecision decision;
    private final JsonMapper json;

    SecondApprovalController(SecondApprovals waiting, SecondDecision decision, JsonMapper json) {
        this.waiting = waiting;
        this.decision = decision;
        this.json = json;
    }

    @Schema(name = "Reversal")
    record ReverseRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 500) @Nullable
            String reason,

            @Schema(description = "Whether the partner may owe what is no longer available") @Nullable
            Boolean mayOwe) {}

    /** Under which id the decision waits. */
    @Schema(name = "WaitingDecision")
    record AskedResponse(UUID id) {}

    @Schema(name = "SecondApprovalList")
    record WaitingListResponse(List<WaitingItem> items) {}

    /**
     * What waits.
     *
     * @param amount what is moved when it is carried out
     * @param note the reason or comment of whoever asked
     * @param mine whether the caller asked, and so cannot be the second person
     */
    @Schema(name = "SecondApproval")
    record WaitingItem(
            UUID id,
            String kind,
            @Nullable UUID orderUid,
            @Nullable UUID partnerId,
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String bankReference,
            @Nullable String note,
            String requestedBy,
            Instant requestedAt,
            boolean mine) {}

    @PostMapping("/v1/payments/ops/orders/{uid}/reverse")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "reverseOrder",
            summary = "Ask for an approval to be taken back",
            description = "Another person carries it out.")
    Mono<AskedResponse> reverse(@PathVariable UUID uid, @RequestBody ReverseRequest request, Caller caller) {
        String reason = request.reason();
        if (reason == null || reason.isBlank() || reason.length() > 500 || reason.indexOf('\0') >= 0) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/reason", "1..500");
        }
        var reversal = new SecondDecision.Reversal(Boolean.TRUE.equals(request.mayOwe()), reason);
        return decision.askReversal(uid, reversal, Actors.staff(caller)).map(AskedResponse::new);
    }

    @GetMapping("/v1/payments/ops/second-approvals")
    @Operation(operationId = "secondApprovals", summary = "What waits for a second person, oldest first")
    Mono<WaitingListResponse> list(Caller caller) {
        return waiting.open(MOST)
                .map(found -> item(found, caller))
                .collectList()
                .map(WaitingListResponse::new);
    }

    private WaitingItem item(SecondApprovals.Waiting found, Caller caller) {
        JsonNode subject = json.readTree(found.subject());
        String currency = text(subject, "currency");
        String owned = currency == null ? found.orderCurrency() : currency;
        Long amount = amount(found, subject);
        String partner = text(subject, "partner");
        String comment = text(subject, "comment");
        return new WaitingItem(
                found.id(),
                found.kind().word(),
                found.orderUid(),
                partner == null ? null : UUID.fromString(partner),
                amount == null || owned == null ? null : Amount.format(amount, Currency.valueOf(owned)),
                owned,
                text(subject, "bank_reference"),
                comment == null ? text(subject, "reason") : comment,
                found.requestedBy(),
                found.requestedAt(),
                found.requestedBy().equals(caller.principalKey()));
    }

    private static @Nullable Long amount(SecondApprovals.Waiting found, JsonNode subject) {
        return switch (found.kind()) {
            case APPROVAL -> subject.path("actual_amount").asLong(0);
            case REVERSAL -> found.orderAmount();
            case PREFUND, SETTLEMENT, CARD_MOVE -> subject.path("amount_minor").asLong(0);
        };
    }

    private static @Nullable String text(JsonNode subject, String name) {
        JsonNode value = subject.path(name);
        return value.isString() ? value.stringValue() : null;
    }

    @PostMapping("/v1/payments/ops/second-approvals/{id}/approve")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "approveSecond", summary = "Carry out what somebody else asked for")
    Mono<Void> approve(@PathVariable UUID id, Caller caller) {
        return decision.approve(id, Actors.staff(caller));
    }

    @PostMapping("/v1/payments/ops/second-approvals/{id}/refuse")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "refuseSecond", summary = "Refuse what somebody else asked for")
    Mono<Void> refuse(@PathVariable UUID id, Caller caller) {
        return decision.refuse(id, Actors.staff(caller));
    }
}

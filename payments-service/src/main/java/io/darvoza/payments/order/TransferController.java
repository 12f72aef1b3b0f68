package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.Partners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Money that partners pay in and are paid out: L6 and L7, which take two administrators. */
@RestController
@Tag(name = "Администрирование")
@AllowedTo("payments_admin")
class TransferController {

    private final Partners partners;
    private final SecondDecision decision;

    TransferController(Partners partners, SecondDecision decision) {
        this.partners = partners;
        this.decision = decision;
    }

    @Schema(name = "Transfer")
    record TransferRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1000000.00") @Nullable
            String amount,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 500) @Nullable
            String comment) {}

    @PostMapping("/v1/payments/admin/partners/{id}/prefund")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "prefundPartner", summary = "A partner paid in; another administrator confirms")
    Mono<SecondApprovalController.AskedResponse> prefund(
            @PathVariable UUID id, @RequestBody TransferRequest request, Caller caller) {
        return ask(SecondApprovals.Kind.PREFUND, id, request, caller);
    }

    @PostMapping("/v1/payments/admin/partners/{id}/settle")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "settlePartner", summary = "A partner is paid out; another administrator confirms")
    Mono<SecondApprovalController.AskedResponse> settle(
            @PathVariable UUID id, @RequestBody TransferRequest request, Caller caller) {
        return ask(SecondApprovals.Kind.SETTLEMENT, id, request, caller);
    }

    private Mono<SecondApprovalController.AskedResponse> ask(
            SecondApprovals.Kind kind, UUID id, TransferRequest request, Caller caller) {
        return partners.find(id)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(partner -> decision.askTransfer(kind, transfer(partner, request), Actors.staff(caller)))
                .map(SecondApprovalController.AskedResponse::new);
    }

    private static SecondDecision.Transfer transfer(Partner partner, TransferRequest request) {
        long minor = Amount.parse(String.valueOf(request.amount()), partner.currency())
                .map(Amount::minor)
                .filter(amount -> amount > 0)
                .orElseThrow(() -> DecisionController.invalid("/amount", "a decimal string greater than 0"));
        String comment = request.comment();
        if (comment == null || comment.isBlank() || comment.length() > 500 || comment.indexOf('\0') >= 0) {
            throw DecisionController.invalid("/comment", "1..500");
        }
        return new SecondDecision.Transfer(partner.id(), partner.currency().name(), minor, comment);
    }
}

package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.vault.PanToken;
import io.darvoza.payments.vault.RevealCardNumber;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Shows the payer's card to whoever must pay to it; each time with a reason, and on record. */
@RestController
@Tag(name = "Оператор")
class CardRevealController {

    private final Orders orders;
    private final RevealCardNumber reveal;

    CardRevealController(Orders orders, RevealCardNumber reveal) {
        this.orders = orders;
        this.reveal = reveal;
    }

    @Schema(name = "Reveal")
    record RevealRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 500) @Nullable
            String reason) {}

    @Schema(name = "RevealedCard")
    record RevealResponse(String cardNumber) {}

    @PostMapping("/v1/payments/ops/orders/{uid}/reveal-pan")
    @AllowedTo({"payments_operator", "payments_supervisor"})
    @Operation(operationId = "revealCard", summary = "The number of the payer's card")
    Mono<ResponseEntity<RevealResponse>> reveal(
            @PathVariable UUID uid, @RequestBody RevealRequest request, Caller caller) {
        String reason = request.reason() == null ? "" : request.reason();
        return orders.withUid(uid)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .map(order -> new RevealCardNumber.Wish(
                        card(order), caller.principalKey(), reason, "payment_order", uid.toString(), null))
                .flatMap(reveal::reveal)
                .map(number -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(new RevealResponse(number.reveal())));
    }

    private static PanToken card(PaymentOrder order) {
        UUID token = order.state().payerCard();
        if (token == null) {
            throw CommonProblem.GONE.exception();
        }
        return new PanToken(token);
    }
}

package io.darvoza.payments.order;

import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes late money up. */
@RestController
@Tag(name = "Оператор")
class LateController {

    private final ReceiveLate receive;
    private final Clock clock;

    LateController(ReceiveLate receive, Clock clock) {
        this.receive = receive;
        this.clock = clock;
    }

    @Schema(name = "LateReceipt")
    record LateRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1500.00") @Nullable
            String amount,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    maxLength = 500,
                    description = "What shows that the money came")
            @Nullable
            String evidence) {}

    @PostMapping("/v1/payments/ops/orders/{uid}/late")
    @AllowedTo({"payments_operator", "payments_supervisor"})
    @Operation(operationId = "receiveLate", summary = "Money came after its order had ended: open a linked one")
    Mono<ResponseEntity<OpsOrderResponse>> late(
            @PathVariable UUID uid, @RequestBody LateRequest request, Caller caller) {
        // All currencies have the same digits; the order's own is the one that counts.
        long minor = Amount.parse(String.valueOf(request.amount()), Currency.RUB)
                .map(Amount::minor)
                .filter(amount -> amount > 0)
                .orElseThrow(() -> DecisionController.invalid("/amount", "a decimal string greater than 0"));
        String evidence = request.evidence();
        if (evidence == null || evidence.isBlank() || evidence.length() > 500 || evidence.indexOf('\0') >= 0) {
            throw DecisionController.invalid("/evidence", "1..500");
        }
        Actor actor = Actors.staff(caller);
        return receive.handle(uid, minor, evidence, actor)
                .map(order -> ResponseEntity.created(URI.create(
                                "/v1/payments/ops/orders/" + order.terms().uid()))
                        .eTag("\"" + order.state().version() + "\"")
                        .body(OpsOrderResponse.from(order, actor.id(), clock.instant())));
    }
}

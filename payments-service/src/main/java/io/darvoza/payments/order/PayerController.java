package io.darvoza.payments.order;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedToAnyone;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.PaymentOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What the payer's page asks; who has the link, may. */
@RestController
@Tag(name = "Плательщик")
@AllowedToAnyone
class PayerController {

    private static final Duration BRISK = Duration.ofMinutes(1);
    private static final long BRISK_MILLIS = 3_000;
    private static final long CALM_MILLIS = 10_000;

    private final PayerOrders payers;
    private final Orders orders;
    private final CommandOrder command;
    private final ConfirmPayment confirm;
    private final Clock clock;

    PayerController(PayerOrders payers, Orders orders, CommandOrder command, ConfirmPayment confirm, Clock clock) {
        this.payers = payers;
        this.orders = orders;
        this.command = command;
        this.confirm = confirm;
        this.clock = clock;
    }

    /** What is to be paid, and where to. */
    @Schema(name = "PayerOrder")
    record PayerOrderResponse(
            String type,
            String amount,
            String currency,
            String status,
            boolean performed,

            @Schema(description = "Of a deposit that is not over") @Nullable
            String cardNumber,

            @Nullable String holder,
            @Nullable String bank,
            @Nullable String payerCardMask,
            @Nullable String returnUrl,
            Instant expiresAt,
            Instant serverTime) {

        private static PayerOrderResponse from(PayerOrders.Seen order) {
            return new PayerOrderResponse(
                    order.type().word(),
                    order.amount().toString(),
                    order.amount().currency().name(),
                    order.status().word(),
                    order.status().isTerminal(),
                    order.card().map(card -> card.number().reveal()).orElse(null),
                    order.card().map(PayerOrders.Card::holder).orElse(null),
                    order.card().map(PayerOrders.Card::bank).orElse(null),
                    order.payerCardMask(),
                    order.returnUrl(),
                    order.expiresAt(),
                    order.now());
        }
    }

    /** How it stands, and when to ask again. */
    @Schema(name = "PayerStatus")
    record PayerStatusResponse(
            String status, boolean performed, Instant expiresAt, Instant serverTime, long retryAfterMs) {}

    /** The card that a withdrawal goes to; nothing for a deposit. */
    @Schema(name = "PayerConfirmation")
    record ConfirmRequest(@Nullable String cardNumber) {}

    @GetMapping("/pay/{uid}")
    @Operation(operationId = "payerOrder", summary = "What is to be paid, and where to")
    Mono<ResponseEntity<PayerOrderResponse>> one(@PathVariable String uid) {
        return payers.find(uid).map(order -> fresh(HttpStatus.OK).body(PayerOrderResponse.from(order)));
    }

    @PostMapping("/pay/{uid}/confirm")
    @Operation(
            operationId = "confirmPayment",
            summary = "«Я оплатил», or the card to pay to",
            description = "Repeated, it answers the same.")
    Mono<ResponseEntity<PayerStatusResponse>> confirm(
            @PathVariable String uid, @RequestBody(required = false) @Nullable ConfirmRequest request) {
        return confirm.handle(id(uid), request == null ? null : request.cardNumber())
                .map(order -> fresh(HttpStatus.ACCEPTED).body(status(order)));
    }

    @PostMapping("/pay/{uid}/cancel")
    @Operation(operationId = "cancelPayment", summary = "Give it up before it is paid")
    Mono<ResponseEntity<PayerStatusResponse>> cancel(@PathVariable String uid) {
        return command.handle(CommandOrder.Call.of(id(uid), Actors.PAYER, new Command.Cancel()))
                .map(order -> fresh(HttpStatus.OK).body(status(order)));
    }

    @GetMapping("/pay/{uid}/status")
    @Operation(operationId = "payerStatus", summary = "How it stands")
    Mono<ResponseEntity<PayerStatusResponse>> status(@PathVariable String uid) {
        return order(uid).map(order -> fresh(HttpStatus.OK).body(status(order)));
    }

    private Mono<PaymentOrder> order(String uid) {
        return orders.withUid(id(uid)).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }

    private PayerStatusResponse status(PaymentOrder order) {
        Instant now = clock.instant();
        Instant since = order.state().processingAt();
        boolean calm = order.state().status() != OrderStatus.PROCESSING
                || since != null && since.plus(BRISK).isBefore(now);
        return new PayerStatusResponse(
                order.state().status().word(),
                order.state().status().isTerminal(),
                order.terms().expiresAt(),
                now,
                calm ? CALM_MILLIS : BRISK_MILLIS);
    }

    /** A guess that is no UUID is answered like one that is. */
    static UUID id(String uid) {
        try {
            return UUID.fromString(uid);
        } catch (IllegalArgumentException _) {
            throw CommonProblem.NOT_FOUND.exception();
        }
    }

    private static ResponseEntity.BodyBuilder fresh(HttpStatus status) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer");
    }

    static RuntimeException invalidCard() {
        return PaymentsProblem.CARD_INVALID.exception().error("/card_number", "not a card number");
    }
}

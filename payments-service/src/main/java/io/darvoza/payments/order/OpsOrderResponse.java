package io.darvoza.payments.order;

import io.darvoza.payments.order.model.Claim;
import io.darvoza.payments.order.model.OrderState;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.PaymentOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as the payment desk sees it: everything but card numbers. */
@Schema(name = "OpsOrder")
record OpsOrderResponse(
        UUID uid,
        UUID partnerId,
        String partner,
        @Nullable String externalId,
        String type,
        String status,
        @Nullable String subStatus,
        boolean performed,
        String amount,
        @Nullable String actualAmount,
        String fee,
        String currency,
        @Nullable UUID cardId,
        @Nullable String cardMask,
        @Nullable String payerCardMask,
        @Nullable String clientId,
        @Nullable String description,
        @Nullable ClaimResponse claimed,
        @Nullable Instant escalateAt,
        @Nullable Instant escalatedAt,
        @Nullable Instant heldAt,
        @Nullable String supportingDocumentId,
        @Nullable String reason,
        @Nullable String comment,
        @Nullable String bankReference,
        @Nullable String decidedBy,
        @Nullable UUID lateOf,
        @Nullable String lateEvidence,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant processingAt,
        @Nullable Instant performedAt,
        @Nullable Instant reversedAt,
        Instant serverTime,
        long version) {

    /** Who has it in hand. */
    @Schema(name = "OrderClaim")
    record ClaimResponse(String by, String name, Instant leaseUntil, boolean mine) {}

    /**
     * @param reader whose own claim shows as such
     */
    static OpsOrderResponse from(PaymentOrder order, String reader, Instant now) {
        OrderTerms terms = order.terms();
        OrderState state = order.state();
        PaymentStatusV1 status = PaymentStatusV1.from(order);
        Claim claim = state.claim();
        return new OpsOrderResponse(
                terms.uid(),
                terms.partnerId(),
                terms.partnerClient(),
                terms.externalId(),
                status.type(),
                status.status(),
                status.subStatus(),
                status.performed(),
                status.amount(),
                status.actualAmount(),
                status.fee(),
                status.currency(),
                state.cardId(),
                state.cardMask(),
                state.payerCardMask(),
                terms.clientId(),
                terms.description(),
                claim == null
                        ? null
                        : new ClaimResponse(
                                claim.holder(),
                                claim.name(),
                                claim.leaseUntil(),
                                claim.holder().equals(reader)),
                state.escalateAt(),
                state.escalatedAt(),
                state.heldAt(),
                status.supportingDocument(),
                state.reason(),
                state.comment(),
                state.bankReference(),
                state.decidedBy(),
                terms.lateOf(),
                terms.lateEvidence(),
                terms.createdAt(),
                terms.expiresAt(),
                state.processingAt(),
                state.performedAt(),
                state.reversedAt(),
                now,
                state.version());
    }
}

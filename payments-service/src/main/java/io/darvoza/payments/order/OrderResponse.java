package io.darvoza.payments.order;

import io.darvoza.payments.order.model.OrderState;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as its partner sees it. */
@Schema(name = "Order")
record OrderResponse(
        UUID uid,
        @Nullable String externalId,
        String type,
        String status,
        @Nullable String subStatus,
        boolean performed,
        String amount,
        @Nullable String actualAmount,
        String fee,
        String currency,
        @Nullable String paymentUrl,

        @Schema(description = "Where to pay to; only in the answer to the creation of a deposit") @Nullable
        String cardNumber,

        @Nullable String cardMask,
        @Nullable String clientId,
        @Nullable String description,
        @Nullable Object metadata,
        @Nullable String reason,
        @Nullable ReferenceResponse reference,
        @Nullable Instant reversedAt,
        @Nullable UUID lateOf,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant performedAt,
        Instant serverTime,
        long version) {

    @Schema(name = "OrderReferenceTold")
    record ReferenceResponse(String type, String id) {}

    static OrderResponse from(PaymentOrder order, String paymentUrl, @Nullable Object metadata, Instant now) {
        OrderTerms terms = order.terms();
        OrderState state = order.state();
        PaymentStatusV1 status = PaymentStatusV1.from(order);
        String referenceType = terms.referenceType();
        String referenceId = terms.referenceId();
        return new OrderResponse(
                terms.uid(),
                terms.externalId(),
                status.type(),
                status.status(),
                status.subStatus(),
                status.performed(),
                status.amount(),
                status.actualAmount(),
                status.fee(),
                status.currency(),
                status.performed() ? null : paymentUrl,
                null,
                terms.type() == OrderType.DEPOSIT ? state.cardMask() : state.payerCardMask(),
                terms.clientId(),
                terms.description(),
                metadata,
                state.reason(),
                referenceType == null || referenceId == null ? null : new ReferenceResponse(referenceType, referenceId),
                state.reversedAt(),
                terms.lateOf(),
                terms.createdAt(),
                terms.expiresAt(),
                state.performedAt(),
                now,
                state.version());
    }
}

package io.darvoza.payments.order;

import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.OrderState;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a payment order. Events {@code payments.payment.<what>.v1}.
 *
 * @param uid the order's public id, the aggregate of the topic
 * @param partner the partner's Keycloak client
 * @param externalId the partner's own number; absent for a late receipt
 * @param type {@code deposit} or {@code withdrawal}
 * @param status {@code new}, {@code processing}, {@code approved}, {@code failed}, {@code rejected}, {@code expired} or
 *     {@code cancelled}
 * @param subStatus {@code queued}, {@code awaiting_second_approval} or {@code on_hold} while it is processing
 * @param performed whether the order is over and all its effects are written
 * @param amount decimal, as are {@code actual_amount} and {@code fee}
 * @param currency ISO 4217
 * @param reason why it failed or was rejected
 * @param referenceType {@code contract} or {@code state_order}, when the partner named what is paid for
 * @param reversedAt when an approval was taken back
 * @param lateOf uid of the order whose money came late
 * @param version grows with every change
 */
record PaymentStatusV1(
        String uid,
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
        @Nullable String reason,
        @Nullable String referenceType,
        @Nullable String referenceId,
        @Nullable String supportingDocument,
        @Nullable Instant reversedAt,
        @Nullable String lateOf,
        Instant createdAt,
        @Nullable Instant performedAt,
        long version) {

    static final String TOPIC = "payments.payment-status.v1";

    /** The event's type, such as {@code payments.payment.late-received.v1}. */
    static String typeOf(Happening happening) {
        return "payments.payment." + happening.word().replace('_', '-') + ".v1";
    }

    static PaymentStatusV1 from(PaymentOrder order) {
        OrderTerms terms = order.terms();
        OrderState state = order.state();
        Currency currency = Currency.valueOf(terms.currency());
        Long actual = state.actualAmount();
        Long fee = state.actualFee();
        return new PaymentStatusV1(
                terms.uid().toString(),
                terms.partnerClient(),
                terms.externalId(),
                terms.type().word(),
                state.status().word(),
                state.subStatus() == null ? null : state.subStatus().word(),
                state.status().isTerminal(),
                Amount.format(terms.amount(), currency),
                actual == null ? null : Amount.format(actual, currency),
                Amount.format(fee == null ? terms.fee() : fee, currency),
                terms.currency(),
                state.reason(),
                terms.referenceType(),
                terms.referenceId(),
                state.supportingDocument() == null
                        ? null
                        : state.supportingDocument().toString(),
                state.reversedAt(),
                terms.lateOf() == null ? null : terms.lateOf().toString(),
                terms.createdAt(),
                state.performedAt(),
                state.version());
    }
}

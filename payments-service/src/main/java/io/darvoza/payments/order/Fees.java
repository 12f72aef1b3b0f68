package io.darvoza.payments.order;

import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.partner.Commission;

/** What an order costs its partner. */
final class Fees {

    private Fees() {}

    /** Of a deposit the fee is deducted, so it cannot be more than the amount itself. */
    static long of(Commission commission, OrderType type, long amountMinor) {
        long fee = commission.feeOf(amountMinor);
        return type == OrderType.DEPOSIT ? Math.min(fee, amountMinor) : fee;
    }

    /** The fee of another amount on the terms of the order; that of a withdrawal is never more than what was held. */
    static long of(OrderTerms terms, long actualMinor) {
        if (actualMinor == terms.amount()) {
            return terms.fee();
        }
        return of(new Commission(terms.feeBps(), terms.feeMin(), terms.feeMax()), terms.type(), actualMinor);
    }
}

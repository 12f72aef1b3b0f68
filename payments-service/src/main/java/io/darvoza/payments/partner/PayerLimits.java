package io.darvoza.payments.partner;

import io.darvoza.payments.PaymentsProblem;
import java.time.Instant;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * What one payer may move at one partner: per operation, per day and per month of the tenant's time zone, less for persons
 * who are not identified. Deposits and withdrawals count together.
 */
public interface PayerLimits {

    /** Whether identification-service knows the partner's client as an identified person. */
    Mono<Boolean> isIdentified(UUID partnerId, String clientId);

    /**
     * Counts an amount, in the caller's transaction. Many calls at once do not exceed a limit together.
     *
     * <p>Raises {@link PaymentsProblem#LIMIT_EXCEEDED} with {@code limit}: {@code client_id} or {@code pan}, then
     * {@code _operation}, {@code _day} or {@code _month}; the caller's transaction must then roll back.
     */
    Mono<Void> take(UUID partnerId, Payer payer, boolean identified, long amountMinor);

    /**
     * Takes an amount back out of the count, in the caller's transaction, once per amount: the order ended without approval.
     *
     * @param takenAt when it was counted; what was counted in a day or month that is over needs no taking back
     */
    Mono<Void> giveBack(UUID partnerId, Payer payer, long amountMinor, Instant takenAt);
}

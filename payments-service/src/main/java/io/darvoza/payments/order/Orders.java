package io.darvoza.payments.order;

import io.darvoza.common.database.Write;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The orders. */
interface Orders {

    /** The order of a payer's link; empty when there is none. */
    Mono<PaymentOrder> withUid(UUID uid);

    /**
     * Adds a new order, with what is told of it, in one statement. Raises {@link PaymentsProblem#EXTERNAL_ID_TAKEN} when the
     * partner has one with this external id, and {@link PaymentsProblem#NO_CARD_AVAILABLE} when the card has an open deposit of
     * this amount.
     */
    Mono<Void> add(PaymentOrder order, List<Write> told);

    /**
     * Puts the state after in place of the one before, with what is told of it, in one statement. Fails with an {@code OptimisticLockingFailureException} when it is no
     * longer that one: read it again and decide again. From then on, to the end of the transaction, nobody else changes it.
     */
    Mono<Void> replace(PaymentOrder before, PaymentOrder after, List<Write> told);

    /** Prolongs the claim of its holder, without a new version; false when it is no longer the holder's. */
    Mono<Boolean> heartbeat(UUID uid, String holder, Instant leaseUntil);
}

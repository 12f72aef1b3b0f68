package io.darvoza.payments.ledger;

import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where money is. Writing happens in the caller's transaction and locks balances in account order, so the caller locks its own
 * rows (the order, then card counters) first.
 */
public interface Ledger {

    /**
     * Writes a transaction. Raises {@link PaymentsProblem#INSUFFICIENT_BALANCE} when a partner lacks the money; the caller's
     * transaction must then roll back.
     *
     * @param actor who caused it, such as {@code user:<subject>}
     */
    Mono<Void> post(Posting posting, Currency currency, String actor);

    /**
     * L5: takes back, as a new transaction, what an approved order moved. At most once per order.
     *
     * @param mayOwe whether the partner may come to owe what is no longer available; else
     *     {@link PaymentsProblem#INSUFFICIENT_BALANCE}
     */
    Mono<Void> reverse(UUID orderId, String actor, boolean mayOwe);

    /** A partner's money now; zeroes for a partner that never had any. */
    Mono<PartnerBalance> balanceOf(UUID partner, Currency currency);

    /** What moved a partner's available money within a period, oldest first. */
    Flux<StatementLine> statement(UUID partner, Currency currency, StatementRange range);
}

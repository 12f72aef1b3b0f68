package io.darvoza.payments.treasury;

import io.darvoza.common.problem.CommonProblem;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Receipts that came to cards before their order was known. Each call belongs into the caller's transaction, after the card's
 * counters were locked.
 */
public interface Receipts {

    /**
     * Gives the receipt of that bank reference on the card to a deposit. False when there is none, so that the money is the
     * order's own. Raises {@link CommonProblem#VALIDATION_FAILED} when the receipt is of another amount.
     */
    Mono<Boolean> take(UUID orderId, UUID cardId, String bankReference, long amountMinor);

    /** The order was reversed: its receipt, if it took one, waits for its order again. */
    Mono<Void> giveBack(UUID orderId);
}

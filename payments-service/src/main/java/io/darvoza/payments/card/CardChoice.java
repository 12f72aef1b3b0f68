package io.darvoza.payments.card;

import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.money.Currency;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Gives orders their cards and counts what cards move. Every call belongs into the caller's transaction, after the order's row
 * and before the ledger; it locks the card's counters until that transaction ends. However many call at once, no cap is
 * exceeded and no two open deposits on one card have the same amount.
 */
public interface CardChoice {

    /**
     * What an order wants of a card.
     *
     * @param clientId the partner's id of the payer, by which counterparties are counted
     */
    record Wish(
            UUID orderId,
            UUID partnerId,
            Currency currency,
            long amountMinor,
            @Nullable String clientId) {}

    /** How an order ended without approval. */
    enum Ending {
        FAILED,
        REJECTED,
        EXPIRED,
        CANCELLED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Chooses a card of the order's currency for a deposit and reserves the amount on it. Raises
     * {@link PaymentsProblem#NO_CARD_AVAILABLE} before it writes anything when no card is eligible.
     */
    Mono<ChosenCard> reserveIn(Wish wish);

    /** Takes an order's reservation back. Does nothing for an order that has no open one. */
    Mono<Void> release(UUID orderId, Ending ending);

    /** Turns an order's reservation into turnover of the running hour, day and month. A missing one is a fault. */
    Mono<Void> post(UUID orderId, long actualMinor);

    /**
     * Counts a payout from a card that an operator chose. Raises {@link PaymentsProblem#CARD_NOT_ELIGIBLE} with
     * {@code exclusions} when a rule speaks against it.
     */
    Mono<ChosenCard> payOut(UUID cardId, Wish wish);

    /** Takes an order's turnover off its card again: the approval was reversed. */
    Mono<Void> takeBack(UUID orderId);

    /** Counts money that came to a card after its order had ended; no rule can refuse what is there already. */
    Mono<Void> receiveLate(UUID cardId, Wish wish);
}

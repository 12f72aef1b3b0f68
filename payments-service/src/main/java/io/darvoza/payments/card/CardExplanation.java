package io.darvoza.payments.card;

import io.darvoza.payments.card.model.CardState;
import io.darvoza.payments.card.model.Exclusion;
import io.darvoza.payments.card.model.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why an order got its card, as kept with the reservation.
 *
 * @param by {@code ranking} or {@code operator}
 */
record CardExplanation(String by, List<Considered> considered) {

    /** Of an order whose money came after its end. */
    static final String LATE = "{\"by\":\"late_receipt\"}";

    private static final int MOST = 200;

    /**
     * One card that was looked at.
     *
     * @param utilisation of its tightest cap with this payment, for an eligible card
     * @param exclusions what spoke against it, for another
     */
    record Considered(
            UUID cardId,
            @Nullable Double utilisation,
            @Nullable List<String> exclusions) {}

    /** The eligible cards in their order, then the others. */
    static CardExplanation of(Ranking ranking) {
        List<Considered> considered = new ArrayList<>();
        ranking.eligible()
                .forEach(card -> considered.add(new Considered(card.cardId(), rounded(card.utilisation()), null)));
        ranking.excluded()
                .forEach(card -> considered.add(new Considered(
                        card.cardId(),
                        null,
                        card.codes().stream().map(Exclusion::word).toList())));
        return new CardExplanation("ranking", considered.subList(0, Math.min(MOST, considered.size())));
    }

    static CardExplanation byHand(CardState card, long amountMinor) {
        return new CardExplanation(
                "operator", List.of(new Considered(card.id(), rounded(card.utilisationWith(amountMinor)), null)));
    }

    private static double rounded(double share) {
        return Math.round(share * 10_000) / 10_000.0;
    }
}

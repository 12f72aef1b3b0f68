package io.darvoza.payments.card.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The cards that were looked at for a payment: the eligible ones, best first, and why the others are not.
 *
 * @param eligible fullest last, then who waited longest, then the higher priority; chance decides between equals
 */
public record Ranking(List<Eligible> eligible, List<Excluded> excluded) {

    /** A card that takes the payment. */
    public record Eligible(UUID cardId, double utilisation) {}

    /** A card that does not. */
    public record Excluded(UUID cardId, Set<Exclusion> codes) {}

    public Ranking {
        eligible = List.copyOf(eligible);
        excluded = List.copyOf(excluded);
    }

    /** Ranks cards; the same chance gives the same ranking of the same cards in the same order. */
    public static Ranking of(List<CardState> cards, CardState.Payment payment, RandomGenerator chance) {
        List<CardState> fit = new ArrayList<>();
        List<Excluded> excluded = new ArrayList<>();
        for (CardState card : cards) {
            Set<Exclusion> codes = card.exclusionsFor(payment);
            if (codes.isEmpty()) {
                fit.add(card);
            } else {
                excluded.add(new Excluded(card.id(), codes));
            }
        }
        Collections.shuffle(fit, chance);
        fit.sort(Comparator.comparingDouble((CardState card) -> card.utilisationWith(payment.amountMinor()))
                .thenComparing(
                        card -> card.load().lastAssignedAt(), Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                .thenComparing(Comparator.comparingInt(CardState::priority).reversed()));
        return new Ranking(
                fit.stream()
                        .map(card -> new Eligible(card.id(), card.utilisationWith(payment.amountMinor())))
                        .toList(),
                excluded);
    }
}

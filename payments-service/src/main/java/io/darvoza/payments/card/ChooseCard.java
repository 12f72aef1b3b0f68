package io.darvoza.payments.card;

import io.darvoza.common.crypto.BlindIndex;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.card.model.CardState;
import io.darvoza.payments.card.model.Direction;
import io.darvoza.payments.card.model.Exclusion;
import io.darvoza.payments.card.model.Ranking;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link CardChoice}: looks at all cards of the currency, ranks them by the model, then takes the best that has room when it is
 * locked. The order's id is the seed of chance, so a choice can be repeated.
 */
@Service
final class ChooseCard implements CardChoice {

    private static final Duration RETRY = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private final CardStates states;
    private final R2dbcCardCounters counters;
    private final BlindIndex index;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final Clock clock;

    ChooseCard(
            CardStates states,
            R2dbcCardCounters counters,
            BlindIndex index,
            JsonMapper json,
            MeterRegistry meters,
            Clock clock) {
        this.states = states;
        this.counters = counters;
        this.index = index;
        this.json = json;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public Mono<ChosenCard> reserveIn(Wish wish) {
        return reserveIn(wish, 1);
    }

    /** What came in between may leave another card with room: it looks again, a few times. */
    private Mono<ChosenCard> reserveIn(Wish wish, int attempt) {
        return states.all(wish.currency(), Direction.IN, wish.amountMinor())
                .collectList()
                .flatMap(cards -> reserveIn(wish, cards, attempt == 1))
                .switchIfEmpty(Mono.defer(() -> attempt < ATTEMPTS
                        ? reserveIn(wish, attempt + 1)
                        : Mono.error(noCard(Set.of(Exclusion.TAKEN_MEANWHILE)))));
    }

    /** Empty when every eligible card was taken meanwhile. */
    private Mono<ChosenCard> reserveIn(Wish wish, List<CardStates.Found> cards, boolean mayWait) {
        Ranking ranking = Ranking.of(
                cards.stream().map(CardStates.Found::state).toList(),
                payment(wish, Direction.IN),
                new SplittableRandom(wish.orderId().getLeastSignificantBits()));
        if (ranking.eligible().isEmpty()) {
            return Mono.error(noCard(ranking.excluded().stream()
                    .flatMap(card -> card.codes().stream())
                    .toList()));
        }
        String explanation = json.writeValueAsString(CardExplanation.of(ranking));
        List<UUID> ids =
                ranking.eligible().stream().map(Ranking.Eligible::cardId).toList();
        return counters.reserve(ids, entry(wish, explanation), mayWait)
                .filter(R2dbcCardCounters.Taken::added)
                .flatMap(taken -> Mono.justOrEmpty(cards.stream()
                        .filter(card -> card.state().id().equals(taken.cardId()))
                        .findFirst()
                        .map(card -> card.chosen(explanation))));
    }

    @Override
    public Mono<Void> release(UUID orderId, Ending ending) {
        return counters.release(orderId, ending);
    }

    @Override
    public Mono<Void> post(UUID orderId, long actualMinor) {
        return counters.post(orderId, actualMinor)
                .flatMap(posted -> posted
                        ? Mono.empty()
                        : Mono.error(new IllegalStateException("order %s holds no card".formatted(orderId))));
    }

    /** The card is locked before it is looked at: nobody else pays out what is believed to be on it. */
    @Override
    public Mono<ChosenCard> payOut(UUID cardId, Wish wish) {
        return counters.lock(cardId, Direction.OUT)
                .then(Mono.defer(() -> states.one(cardId, wish.currency(), Direction.OUT, wish.amountMinor())))
                .switchIfEmpty(Mono.error(() -> notEligible(Set.of())))
                .flatMap(card -> payOut(card, wish));
    }

    private Mono<ChosenCard> payOut(CardStates.Found card, Wish wish) {
        Set<Exclusion> exclusions = card.state().exclusionsFor(payment(wish, Direction.OUT));
        if (!exclusions.isEmpty()) {
            return Mono.error(notEligible(exclusions));
        }
        String explanation = json.writeValueAsString(CardExplanation.byHand(card.state(), wish.amountMinor()));
        return counters.add(card.state().id(), Direction.OUT, entry(wish, explanation))
                .thenReturn(card.chosen(explanation));
    }

    @Override
    public Mono<Void> takeBack(UUID orderId) {
        return counters.takeBack(orderId);
    }

    @Override
    public Mono<Void> receiveLate(UUID cardId, Wish wish) {
        return counters.lock(cardId, Direction.IN)
                .then(Mono.defer(() -> counters.add(cardId, Direction.IN, entry(wish, CardExplanation.LATE))));
    }

    private CardState.Payment payment(Wish wish, Direction direction) {
        return new CardState.Payment(wish.partnerId(), direction, wish.amountMinor(), clock.instant());
    }

    private R2dbcCardCounters.Entry entry(Wish wish, String explanation) {
        UUID partner = wish.partnerId();
        byte[] counterparty =
                wish.clientId() == null ? null : index.of("card_reservation", partner.toString(), wish.clientId());
        return new R2dbcCardCounters.Entry(wish.orderId(), partner, wish.amountMinor(), counterparty, explanation);
    }

    private RuntimeException noCard(Iterable<Exclusion> exclusions) {
        exclusions.forEach(code -> meters.counter("darvoza.payments.card.exclusions", "code", code.word())
                .increment());
        meters.counter("darvoza.payments.card.none").increment();
        return PaymentsProblem.NO_CARD_AVAILABLE.exception().retryAfter(RETRY);
    }

    private static RuntimeException notEligible(Set<Exclusion> exclusions) {
        return PaymentsProblem.CARD_NOT_ELIGIBLE
                .exception()
                .with("exclusions", exclusions.stream().map(Exclusion::word).toList());
    }
}

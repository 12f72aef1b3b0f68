package io.darvoza.payments.card.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RankingTests {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final CardState.Payment PAYMENT = new CardState.Payment(UUID.randomUUID(), Direction.IN, 100, NOW);

    @Test
    void takesTheEmptiestThenWhoWaitedLongestThenTheHigherPriority() {
        CardState full = card(1, 900L, null, 9);
        CardState recent = card(2, 0L, NOW.minusSeconds(10), 9);
        CardState idle = card(3, 0L, NOW.minusSeconds(100), 0);
        CardState never = card(4, 0L, null, 0);
        CardState favoured = card(5, 0L, null, 1);

        assertThat(ranked(List.of(full, recent, idle, never, favoured), 1))
                .containsExactly(favoured.id(), never.id(), idle.id(), recent.id(), full.id());
    }

    @Test
    void saysWhyTheOthersAreNotInQuestion() {
        CardState full = card(1, 1000L, null, 0);
        Ranking ranking = Ranking.of(List.of(full), PAYMENT, new SplittableRandom(1));

        assertThat(ranking.eligible()).isEmpty();
        assertThat(ranking.excluded()).containsExactly(new Ranking.Excluded(full.id(), Set.of(Exclusion.DAY_CAP)));
    }

    @Test
    void letsChanceDecideBetweenEqualsTheSameWayForTheSameSeed() {
        List<CardState> equals =
                LongStream.range(0, 10).mapToObj(i -> card(i, 0L, null, 0)).toList();

        assertThat(ranked(equals, 7)).isEqualTo(ranked(equals, 7));
        assertThat(Stream.iterate(0, i -> i + 1)
                        .limit(50)
                        .map(seed -> ranked(equals, seed).getFirst())
                        .distinct()
                        .count())
                .isGreaterThan(5);
    }

    private static List<UUID> ranked(List<CardState> cards, long seed) {
        return Ranking.of(cards, PAYMENT, new SplittableRandom(seed)).eligible().stream()
                .map(Ranking.Eligible::cardId)
                .toList();
    }

    private static CardState card(long id, long posted, Instant lastAssigned, int priority) {
        return new CardState(
                new UUID(0, id),
                CardStatus.ACTIVE,
                ZoneOffset.UTC,
                LocalDate.parse("2030-01-31"),
                1,
                1000,
                Duration.ZERO,
                priority,
                Set.of(),
                List.of(),
                false,
                false,
                0,
                new Caps(null, 1000L, null, null, null),
                new Load(0, 0, 0, posted, 0, 0, lastAssigned));
    }
}

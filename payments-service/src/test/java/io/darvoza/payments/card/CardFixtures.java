package io.darvoza.payments.card;

import io.darvoza.common.reactive.Await;
import io.darvoza.payments.vault.CardNumber;
import io.darvoza.payments.vault.PanVault;
import io.darvoza.payments.vault.Purpose;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Cards of tests, in the database; currencies that the local data does not use keep them apart. */
public final class CardFixtures {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final AtomicInteger NEXT = new AtomicInteger(1000);

    private CardFixtures() {}

    /** The next synthetic number with a right check digit. */
    public static CardNumber number() {
        String digits = "22042900" + "%07d".formatted(NEXT.incrementAndGet());
        for (int check = 0; check < 10; check++) {
            var number = CardNumber.parse(digits + check);
            if (number.isPresent()) {
                return number.get();
            }
        }
        throw new IllegalStateException("every number has a check digit");
    }

    /** An active card of a currency for both directions, without caps, in Moscow's zone. */
    static UUID added(DatabaseClient database, PanVault vault, String currency) {
        UUID id = UUID.randomUUID();
        CardNumber number = number();
        UUID token = Objects.requireNonNull(Await.within(vault.keep(number, Purpose.PLATFORM_CARD), BOUND))
                .id();
        run(database, """
                insert into card (id, pan_token, mask, bank, holder, holder_kind, legal_basis, currency, direction, status,
                                  status_since, valid_until, zone, min_minor, max_minor, cooldown_seconds, created_at)
                values ('%s', '%s', '%s', 'Bank', 'ACME', 'organisation', 'Contract 1', '%s', 'both', 'active',
                        timestamptz '2026-01-01Z', '2099-12-31', 'Europe/Moscow', 1, 100000000, 0, now())
                """.formatted(id, token, number.mask(), currency));
        run(
                database,
                "insert into card_counter (card_id, direction, accepting) values ('%1$s', 'in', true), ('%1$s', 'out', true)"
                        .formatted(id));
        return id;
    }

    static void run(DatabaseClient database, String sql) {
        await(database.sql(sql).then());
    }

    static <T> T await(Mono<T> work) {
        return Await.within(work, BOUND);
    }
}

package io.darvoza.payments.local;

import io.darvoza.payments.card.AdministerCards;
import io.darvoza.payments.card.CardTerms;
import io.darvoza.payments.card.model.Caps;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.vault.CardNumber;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Profile;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Twenty synthetic cards of an invented organisation with caps too wide to meet. */
@Component
@Profile("local")
final class LocalCards {

    private static final int COUNT = 20;
    private static final long WIDE_MINOR = 10_000_000_000_000L;
    private static final List<String> BANKS = List.of("Банк Пример", "Банк Образец", "Банк Проба", "Банк Эталон");

    private final AdministerCards cards;
    private final DatabaseClient database;

    LocalCards(AdministerCards cards, DatabaseClient database) {
        this.cards = cards;
        this.database = database;
    }

    /** Writes all of them when there is no card yet. */
    Mono<Void> write() {
        Mono<Void> all = Flux.range(0, COUNT)
                .concatMap(i -> cards.issue(number(i), Currency.RUB, terms(i), LocalPartners.ACTOR))
                .then();
        return database.sql("select exists (select from card)")
                .mapValue(Boolean.class)
                .one()
                .flatMap(there -> there ? Mono.empty() : all);
    }

    /** Under a prefix of Mir that no bank has; the last digit is the one that fits. */
    private static CardNumber number(int i) {
        String digits = "22042400%07d".formatted(i);
        for (int check = 0; check < 10; check++) {
            Optional<CardNumber> number = CardNumber.parse(digits + check);
            if (number.isPresent()) {
                return number.get();
            }
        }
        throw new IllegalStateException("one of ten check digits fits");
    }

    private static CardTerms terms(int i) {
        Caps wide = new Caps(WIDE_MINOR, WIDE_MINOR, WIDE_MINOR, null, null);
        return new CardTerms(
                BANKS.get(i % BANKS.size()),
                "ООО «Пример» (вымышлено)",
                CardTerms.HolderKind.ORGANISATION,
                "Договор № %d от 01.01.2026 (вымышлен)".formatted(i + 1),
                ZoneId.of("Europe/Moscow"),
                LocalDate.parse("2099-12-31"),
                100,
                WIDE_MINOR,
                Duration.ZERO,
                0,
                Set.of(),
                List.of(),
                wide,
                wide);
    }
}

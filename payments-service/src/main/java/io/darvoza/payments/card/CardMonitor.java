package io.darvoza.payments.card;

import io.darvoza.payments.card.model.CardStatus;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives cards the status that time and their orders call for: expired, on vacation and back, paused after failures, on hold for
 * compliance. The choice looks at expiry and vacations itself, so a late round lets no wrong order through.
 */
@Component
final class CardMonitor {

    static final String ACTOR = "system:card-monitor";

    private static final Logger log = LoggerFactory.getLogger(CardMonitor.class);

    private final DatabaseClient database;
    private final CardStatuses statuses;
    private final ComplianceIndicators indicators;
    private final MonitorProperties properties;
    private final TransactionalOperator transaction;
    private final Clock clock;

    CardMonitor(
            DatabaseClient database,
            CardStatuses statuses,
            ComplianceIndicators indicators,
            MonitorProperties properties,
            TransactionalOperator transaction,
            Clock clock) {
        this.database = database;
        this.statuses = statuses;
        this.indicators = indicators;
        this.properties = properties;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A card as the monitor sees it. */
    private record Seen(
            UUID id, CardStatus status, ZoneId zone, LocalDate validUntil, Instant statusSince, boolean onVacation) {

        static Seen from(Readable row) {
            return new Seen(
                    value(row, "id", UUID.class),
                    CardStatus.ofWord(value(row, "status", String.class)),
                    ZoneId.of(value(row, "zone", String.class)),
                    value(row, "valid_until", LocalDate.class),
                    value(row, "status_since", Instant.class),
                    value(row, "on_vacation", Boolean.class));
        }

        private static <T> T value(Readable row, String column, Class<T> type) {
            return Objects.requireNonNull(row.get(column, type));
        }

        CardStatuses.Move to(CardStatus next, String reason) {
            return new CardStatuses.Move(id, status, next, reason, ACTOR);
        }
    }

    /** One round over all cards that may still work; a card whose round fails does not keep the others from theirs. */
    Mono<Void> round() {
        return database.sql("""
                        select c.id, c.status, c.zone, c.valid_until, c.status_since,
                               exists (select from card_vacation v where v.card_id = c.id and v.cancelled_at is null
                                       and v.starts_at <= :now and v.ends_at > :now) on_vacation
                        from card c where c.status not in ('expired', 'blocked') order by c.id
                        """)
                .bind("now", clock.instant())
                .map(Seen::from)
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(card -> look(card).as(transaction::transactional).onErrorResume(fault -> {
                    log.warn("The monitor could not look at card {}: {}", card.id(), fault.toString());
                    return Mono.empty();
                }))
                .then();
    }

    private Mono<Void> look(Seen card) {
        LocalDate today = clock.instant().atZone(card.zone()).toLocalDate();
        if (today.isAfter(card.validUntil())) {
            return moved(card.to(CardStatus.EXPIRED, "valid until " + card.validUntil()));
        }
        Mono<Void> warned = warn(card, ChronoUnit.DAYS.between(today, card.validUntil()));
        return switch (card.status()) {
            case ACTIVE -> warned.then(card.onVacation() ? beginVacation(card) : watch(card));
            case VACATION -> warned.then(card.onVacation() ? Mono.empty() : endVacation(card));
            default -> warned;
        };
    }

    private Mono<Void> beginVacation(Seen card) {
        return moved(card.to(CardStatus.VACATION, "vacation"));
    }

    private Mono<Void> endVacation(Seen card) {
        return moved(card.to(CardStatus.ACTIVE, "vacation is over"));
    }

    /** Once for each bound that was passed; a card that was issued late gets the nearest one. */
    private Mono<Void> warn(Seen card, long daysLeft) {
        return Mono.justOrEmpty(properties.warnDays().stream()
                        .filter(bound -> daysLeft <= bound)
                        .min(Integer::compare))
                .flatMap(bound -> statuses.event(
                        card.id(),
                        "expires_soon",
                        "%s-%d".formatted(card.validUntil(), bound),
                        ACTOR,
                        Map.of("valid_until", card.validUntil(), "days_left", daysLeft)))
                .doOnNext(first -> {
                    if (first) {
                        log.warn("Card {} expires in {} days", card.id(), daysLeft);
                    }
                })
                .then();
    }

    /** Compliance comes first: it cannot be undone by hand. */
    private Mono<Void> watch(Seen card) {
        return indicators
                .openCases(card.id())
                .flatMap(opened ->
                        opened ? moved(card.to(CardStatus.COMPLIANCE_HOLD, "compliance indicator")) : breaker(card));
    }

    /** Failures since the card was last let to work, within the window. */
    private Mono<Void> breaker(Seen card) {
        Instant windowStart = clock.instant().minus(properties.breakerWindow());
        Instant since = card.statusSince().isAfter(windowStart) ? card.statusSince() : windowStart;
        return database.sql("""
                        select count(*) from card_reservation
                        where card_id = :card and state <> 'open' and outcome in ('failed', 'rejected') and ended_at >= :since
                        """)
                .bind("card", card.id())
                .bind("since", since)
                .mapValue(Long.class)
                .one()
                .filter(failures -> failures >= properties.breakerFailures())
                .flatMap(failures -> moved(card.to(CardStatus.PAUSED, failures + " failed or rejected orders")));
    }

    private Mono<Void> moved(CardStatuses.Move move) {
        return statuses.move(move)
                .doOnNext(done -> {
                    if (done) {
                        log.info(
                                "Card {} is {} now: {}",
                                move.cardId(),
                                move.to().word(),
                                move.reason());
                    }
                })
                .then();
    }
}

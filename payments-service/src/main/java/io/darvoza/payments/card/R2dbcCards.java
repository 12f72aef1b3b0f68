package io.darvoza.payments.card;

import io.darvoza.common.database.SqlValue;
import io.darvoza.payments.card.model.Caps;
import io.darvoza.payments.card.model.Direction;
import io.darvoza.payments.card.model.ScheduleWindow;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.vault.PanToken;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes cards with their caps and schedules, in the caller's transaction. */
@Component
final class R2dbcCards {

    private final DatabaseClient database;
    private final Clock clock;

    R2dbcCards(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Mono<Void> add(UUID id, PanToken pan, String mask, Currency currency, CardTerms terms) {
        return bound(database.sql("""
                        insert into card (id, pan_token, mask, currency, direction, status, status_since, created_at,
                            bank, holder, holder_kind, legal_basis, zone, valid_until, min_minor, max_minor,
                            cooldown_seconds, priority, partners)
                        values (:id, :pan, :mask, :currency, :direction, 'active', :now, :now,
                            :bank, :holder, :holderKind, :basis, :zone, :until, :min, :max, :cooldown, :priority, :partners)
                        """), id, terms)
                .bind("pan", pan.id())
                .bind("mask", mask)
                .bind("currency", currency.name())
                .bind("direction", terms.direction())
                .bind("now", clock.instant())
                .then()
                .then(caps(id, Direction.IN, terms.in()))
                .then(caps(id, Direction.OUT, terms.out()))
                .then(schedule(id, terms));
    }

    /** Empty when the card is at another version. */
    Mono<UUID> change(UUID id, long version, CardTerms terms) {
        return bound(database.sql("""
                        update card set bank = :bank, holder = :holder, holder_kind = :holderKind, legal_basis = :basis,
                            zone = :zone, valid_until = :until, min_minor = :min, max_minor = :max,
                            cooldown_seconds = :cooldown, priority = :priority, partners = :partners,
                            row_version = row_version + 1
                        where id = :id and row_version = :version and direction = :direction
                        """), id, terms)
                .bind("version", version)
                .bind("direction", terms.direction())
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .flatMap(_ -> caps(id, Direction.IN, terms.in())
                        .then(caps(id, Direction.OUT, terms.out()))
                        .then(schedule(id, terms))
                        .thenReturn(id));
    }

    private Mono<Void> caps(UUID id, Direction direction, @Nullable Caps caps) {
        if (caps == null) {
            return Mono.empty();
        }
        return database.sql("""
                        insert into card_counter (card_id, direction, accepting, hour_cap_minor, day_cap_minor,
                            month_cap_minor, day_cap_count, max_open)
                        values (:card, :direction, true, :hour, :day, :month, :count, :open)
                        on conflict (card_id, direction) do update
                        set hour_cap_minor = excluded.hour_cap_minor, day_cap_minor = excluded.day_cap_minor,
                            month_cap_minor = excluded.month_cap_minor, day_cap_count = excluded.day_cap_count,
                            max_open = excluded.max_open
                        """)
                .bind("card", id)
                .bind("direction", direction.word())
                .bind("hour", SqlValue.of(Long.class, caps.hourMinor()))
                .bind("day", SqlValue.of(Long.class, caps.dayMinor()))
                .bind("month", SqlValue.of(Long.class, caps.monthMinor()))
                .bind("count", SqlValue.of(Integer.class, caps.dayCount()))
                .bind("open", SqlValue.of(Integer.class, caps.maxOpen()))
                .then();
    }

    private Mono<Void> schedule(UUID id, CardTerms terms) {
        return database.sql("delete from card_schedule where card_id = :card")
                .bind("card", id)
                .then()
                .thenMany(Flux.fromIterable(terms.schedule()).concatMap(window -> insert(id, window)))
                .then();
    }

    private Mono<Void> insert(UUID id, ScheduleWindow window) {
        return database.sql("insert into card_schedule values (:card, :day, :from, :until)")
                .bind("card", id)
                .bind("day", window.day().getValue())
                .bind("from", window.fromMinute())
                .bind("until", window.untilMinute())
                .then();
    }

    private static DatabaseClient.GenericExecuteSpec bound(
            DatabaseClient.GenericExecuteSpec statement, UUID id, CardTerms terms) {
        return statement
                .bind("id", id)
                .bind("bank", terms.bank())
                .bind("holder", terms.holder())
                .bind("holderKind", terms.holderKind().name().toLowerCase(Locale.ROOT))
                .bind("basis", terms.legalBasis())
                .bind("zone", terms.zone().getId())
                .bind("until", terms.validUntil())
                .bind("min", terms.minMinor())
                .bind("max", terms.maxMinor())
                .bind("cooldown", (int) terms.cooldown().toSeconds())
                .bind("priority", terms.priority())
                .bind("partners", terms.partners().toArray(UUID[]::new));
    }
}

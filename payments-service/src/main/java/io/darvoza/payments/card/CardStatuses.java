package io.darvoza.payments.card;

import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.payments.card.model.CardStatus;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Moves cards between statuses and writes their history, in the caller's transaction. The counters learn of it in the same
 * transaction, so no order can be put on a card that was stopped before it.
 */
@Component
final class CardStatuses {

    private final DatabaseClient database;
    private final TimeOrderedIds ids;
    private final JsonMapper json;
    private final Clock clock;

    CardStatuses(DatabaseClient database, TimeOrderedIds ids, JsonMapper json, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.json = json;
        this.clock = clock;
    }

    /** One move of a card. */
    record Move(UUID cardId, CardStatus from, CardStatus to, String reason, String actor) {}

    /** Tells whether the card was still in the status that the move starts from; if not, nothing is written. */
    Mono<Boolean> move(Move move) {
        return database.sql("""
                        with moved as (
                            update card set status = :to, status_reason = :reason, status_since = :now,
                                            row_version = row_version + 1
                            where id = :card and status = :from returning id)
                        update card_counter t set accepting = :accepting from moved m where t.card_id = m.id
                        """)
                .bind("card", move.cardId())
                .bind("from", move.from().word())
                .bind("to", move.to().word())
                .bind("reason", move.reason())
                .bind("accepting", move.to() == CardStatus.ACTIVE)
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 0 ? Mono.just(false) : told(move).thenReturn(true));
    }

    private Mono<Boolean> told(Move move) {
        Map<String, String> details =
                Map.of("from", move.from().word(), "to", move.to().word(), "reason", move.reason());
        return event(move.cardId(), "status_changed", ids.next().toString(), move.actor(), details);
    }

    /** Writes an event of a card once per occasion; tells whether this was the first time. */
    Mono<Boolean> event(UUID cardId, String kind, String occasion, String actor, Object details) {
        return database.sql("""
                        insert into card_event (id, card_id, at, kind, occasion, actor, details)
                        values (:id, :card, :now, :kind, :occasion, :actor, cast(:details as jsonb))
                        on conflict (card_id, kind, occasion) do nothing
                        """)
                .bind("id", ids.next())
                .bind("card", cardId)
                .bind("now", clock.instant())
                .bind("kind", kind)
                .bind("occasion", occasion)
                .bind("actor", actor)
                .bind("details", json.writeValueAsString(details))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }
}

package io.darvoza.payments.order;

import io.darvoza.common.database.Constraints;
import io.darvoza.common.database.SqlValue;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.Outcome.Moved;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.order.model.SubStatus;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** First decisions that wait for a second person, in table {@code second_approval}. */
@Component
final class SecondApprovals {

    private final DatabaseClient database;
    private final JsonMapper json;
    private final TimeOrderedIds ids;
    private final Clock clock;

    SecondApprovals(DatabaseClient database, JsonMapper json, TimeOrderedIds ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** An open first decision. */
    record First(UUID id, Command.Approve approve, String actor) {}

    /** What waits for a second person. */
    enum Kind {
        APPROVAL,
        REVERSAL,
        PREFUND,
        SETTLEMENT,
        CARD_MOVE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A decision and what became of it.
     *
     * @param orderUid null for what is not about an order
     * @param subject JSON of what the second person carries out
     * @param orderCurrency null for what is not about an order
     * @param orderAmount what the order moved, or is to move
     * @param outcome null while it waits
     */
    record Waiting(
            UUID id,
            Kind kind,
            @Nullable UUID orderUid,
            @Nullable String orderCurrency,
            @Nullable Long orderAmount,
            String subject,
            String requestedBy,
            Instant requestedAt,
            @Nullable String outcome) {}

    /** The first decision that an order waits with. Raises {@link PaymentsProblem#STATE_CONFLICT} when there is none. */
    Mono<First> openOf(PaymentOrder order) {
        return database.sql("""
            select id, subject, requested_by from second_approval
            where order_id = :order and kind = 'approval' and outcome is null
            """)
                .bind("order", order.terms().id())
                .map(row -> new First(
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        json.readValue(Objects.requireNonNull(row.get("subject", String.class)), Command.Approve.class),
                        Objects.requireNonNull(row.get("requested_by", String.class))))
                .one()
                .switchIfEmpty(Mono.error(() -> PaymentsProblem.STATE_CONFLICT
                        .exception()
                        .with("status", order.state().status().word())));
    }

    /** Keeps what a move of the order means for its first decision; in the caller's transaction. */
    Mono<Void> follow(PaymentOrder before, Command command, Moved moved, Actor actor) {
        if (moved.happening() == Happening.SECOND_APPROVAL && command instanceof Command.Approve first) {
            return keep(Kind.APPROVAL, before.terms().id(), first, actor).then();
        }
        if (command instanceof Command.Reverse) {
            return decide(before, Kind.REVERSAL, "approved", actor);
        }
        boolean waited = before.state().subStatus() == SubStatus.AWAITING_SECOND_APPROVAL;
        boolean waits = moved.after().state().subStatus() == SubStatus.AWAITING_SECOND_APPROVAL;
        if (!waited || waits) {
            return Mono.empty();
        }
        return decide(
                before,
                Kind.APPROVAL,
                switch (command) {
                    case Command.Confirmation _ -> "approved";
                    case Command.Refusal _ -> "refused";
                    default -> "withdrawn";
                },
                actor);
    }

    /** Keeps what somebody decided first; the id of it. A second one of the kind for the same order is refused. */
    Mono<UUID> keep(Kind kind, @Nullable UUID orderId, Record subject, Actor actor) {
        UUID id = ids.next();
        return database.sql("""
            insert into second_approval (id, kind, order_id, subject, requested_by, requested_at)
            values (:id, :kind, :order, :subject, :actor, :at)
            """)
                .bind("id", id)
                .bind("kind", kind.word())
                .bind("order", SqlValue.of(UUID.class, orderId))
                .bind("subject", json.writeValueAsString(subject))
                .bind("actor", actor.id())
                .bind("at", clock.instant())
                .then()
                .onErrorMap(
                        fault -> Constraints.broken("second_approval_open", fault),
                        fault -> PaymentsProblem.STATE_CONFLICT.exception().causedBy(fault))
                .thenReturn(id);
    }

    /** A decision that waits, or has been decided; empty when there is none with this id. */
    Mono<Waiting> find(UUID id) {
        return database.sql("""
            select s.id, s.kind, o.uid, o.currency, coalesce(o.actual_amount, o.amount) moved, s.subject, s.requested_by, s.requested_at, s.outcome
            from second_approval s left join payment_order o on o.id = s.order_id where s.id = :id
            """).bind("id", id).map(SecondApprovals::waiting).one();
    }

    /** Decisions that wait, oldest first, at most so many. */
    Flux<Waiting> open(int limit) {
        return database.sql("""
            select s.id, s.kind, o.uid, o.currency, coalesce(o.actual_amount, o.amount) moved, s.subject, s.requested_by, s.requested_at, s.outcome
            from second_approval s left join payment_order o on o.id = s.order_id
            where s.outcome is null order by s.requested_at, s.id limit :limit
            """)
                .bind("limit", limit)
                .map(SecondApprovals::waiting)
                .all();
    }

    /** Ends a decision that waits. Raises {@link PaymentsProblem#STATE_CONFLICT} when it does not any more. */
    Mono<Void> end(UUID id, String outcome, Actor actor) {
        return database.sql("""
            update second_approval set outcome = :outcome, decided_by = :actor, decided_at = :at
            where id = :id and outcome is null
            """)
                .bind("outcome", outcome)
                .bind("actor", actor.id())
                .bind("at", clock.instant())
                .bind("id", id)
                .fetch()
                .rowsUpdated()
                .filter(rows -> rows == 1)
                .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                .then();
    }

    private Mono<Void> decide(PaymentOrder order, Kind kind, String outcome, Actor actor) {
        return database.sql("""
            update second_approval set outcome = :outcome, decided_by = :actor, decided_at = :at
            where order_id = :order and kind = :kind and outcome is null
            """)
                .bind("outcome", outcome)
                .bind("actor", actor.id())
                .bind("at", clock.instant())
                .bind("order", order.terms().id())
                .bind("kind", kind.word())
                .then();
    }

    private static Waiting waiting(Readable row) {
        return new Waiting(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Kind.valueOf(
                        Objects.requireNonNull(row.get("kind", String.class)).toUpperCase(Locale.ROOT)),
                row.get("uid", UUID.class),
                row.get("currency", String.class),
                row.get("moved", Long.class),
                Objects.requireNonNull(row.get("subject", String.class)),
                Objects.requireNonNull(row.get("requested_by", String.class)),
                Objects.requireNonNull(row.get("requested_at", Instant.class)),
                row.get("outcome", String.class));
    }
}

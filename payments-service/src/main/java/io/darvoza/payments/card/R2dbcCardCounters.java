package io.darvoza.payments.card;

import io.darvoza.payments.card.model.Direction;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Writes what cards move. Caps and counts of a card are one row of {@code card_counter}: whoever waited for it decides by what
 * it says then, so orders at the same time cannot exceed a cap together.
 */
@Component
final class R2dbcCardCounters {

    /**
     * Takes the first of the cards that has room now. The counts of the row that is locked are the newest ones; the join
     * partners cannot change.
     */
    private static final String RESERVE = """
            with pick as (
                select t.card_id
                from unnest(:cards) with ordinality o (id, n)
                join card_counter t on t.card_id = o.id and t.direction = 'in'
                join card c on c.id = t.card_id
                cross join lateral (%s) p
                where t.accepting
                  and (t.hour_cap_minor is null or t.reserved_minor + :amount
                       + case when t.hour_start >= p.hour then t.hour_minor else 0 end <= t.hour_cap_minor)
                  and (t.day_cap_minor is null or t.reserved_minor + :amount
                       + case when t.day_start >= p.day then t.day_minor else 0 end <= t.day_cap_minor)
                  and (t.month_cap_minor is null or t.reserved_minor + :amount
                       + case when t.month_start >= p.month then t.month_minor else 0 end <= t.month_cap_minor)
                  and (t.day_cap_count is null or t.open_orders
                       + case when t.day_start >= p.day then t.day_count else 0 end < t.day_cap_count)
                  and (t.max_open is null or t.open_orders < t.max_open)
                  and (t.last_assigned_at is null
                       or t.last_assigned_at <= :now - c.cooldown_seconds * interval '1 second')
                order by %%s limit 1 for update of t %%s),
            taken as (
                update card_counter t
                set reserved_minor = t.reserved_minor + :amount, open_orders = t.open_orders + 1, last_assigned_at = :now
                from pick where t.card_id = pick.card_id and t.direction = 'in'
                returning t.card_id),
            added as (
                insert into card_reservation
                    (order_id, card_id, direction, partner_id, amount_minor, state, counterparty, reserved_at, chosen)
                select :order, card_id, 'in', :partner, :amount, 'open', :counterparty, :now, cast(:chosen as jsonb) from taken
                on conflict do nothing returning card_id)
            select t.card_id, a.card_id is not null as added from taken t left join added a on a.card_id = t.card_id
            """.formatted(Periods.OF_CARD);

    /** Passes over cards that another order is being put on at this moment. */
    private static final String RESERVE_FREE = RESERVE.formatted("o.n", "skip locked");

    /** Waits for them; by id, so that two who wait do not wait for each other. */
    private static final String RESERVE_WAITING = RESERVE.formatted("t.card_id", "");

    private final DatabaseClient database;
    private final Clock clock;

    R2dbcCardCounters(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What is to be written with a reservation or a payout. */
    record Entry(UUID orderId, UUID partnerId, long amountMinor, byte @Nullable [] counterparty, String chosen) {}

    /** The counter that was locked for an order; not {@code added} when another deposit of the same amount came first. */
    record Taken(UUID cardId, boolean added) {}

    /**
     * Reserves on one of the cards, the first free one with room, else whichever has room when its turn comes. Empty when none
     * has. Of one that is not added nothing is written, but its counter stays locked until the transaction ends: who holds such
     * a lock must not wait for another, or two who do would wait for each other.
     */
    Mono<Taken> reserve(List<UUID> cards, Entry entry, boolean mayWait) {
        Mono<Taken> free = reserve(RESERVE_FREE, cards, entry);
        return mayWait ? free.switchIfEmpty(Mono.defer(() -> reserve(RESERVE_WAITING, cards, entry))) : free;
    }

    private Mono<Taken> reserve(String sql, List<UUID> cards, Entry entry) {
        return bound(database.sql(sql), entry)
                .bind("cards", cards.toArray(UUID[]::new))
                .map(row ->
                        new Taken(required(row.get("card_id", UUID.class)), required(row.get("added", Boolean.class))))
                .one()
                .delayUntil(taken -> taken.added() ? Mono.empty() : undo(taken.cardId(), entry));
    }

    /** A deposit of the same amount was put on the card between the look and the lock. */
    private Mono<Void> undo(UUID cardId, Entry entry) {
        return database.sql("""
                        update card_counter set reserved_minor = reserved_minor - :amount, open_orders = open_orders - 1
                        where card_id = :card and direction = 'in'
                        """)
                .bind("amount", entry.amountMinor())
                .bind("card", cardId)
                .then();
    }

    /** Ends an open reservation without turnover. */
    Mono<Void> release(UUID orderId, CardChoice.Ending ending) {
        return database.sql("""
                        with ended as (
                            update card_reservation set state = 'released', outcome = :outcome, ended_at = :now
                            where order_id = :order and state = 'open' returning card_id, direction, amount_minor)
                        update card_counter t
                        set reserved_minor = t.reserved_minor - e.amount_minor, open_orders = t.open_orders - 1
                        from ended e where t.card_id = e.card_id and t.direction = e.direction
                        """)
                .bind("order", orderId)
                .bind("outcome", ending.word())
                .bind("now", clock.instant())
                .then();
    }

    /** Turns an open reservation into turnover; tells whether there was one. */
    Mono<Boolean> post(UUID orderId, long postedMinor) {
        return database.sql("""
                        with ended as (
                            update card_reservation
                            set state = 'posted', outcome = 'approved', posted_minor = :posted, ended_at = :now
                            where order_id = :order and state = 'open' returning card_id, direction, amount_minor)
                        update card_counter t
                        set reserved_minor = t.reserved_minor - e.amount_minor, open_orders = t.open_orders - 1, %s
                        from ended e join card c on c.id = e.card_id cross join lateral (%s) p
                        where t.card_id = e.card_id and t.direction = e.direction
                        """.formatted(Periods.ADD_POSTED, Periods.OF_CARD))
                .bind("order", orderId)
                .bind("posted", postedMinor)
                .bind("now", clock.instant())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** Takes posted turnover out of those periods that still count it. */
    Mono<Void> takeBack(UUID orderId) {
        return database.sql("""
                        with reversed as (
                            update card_reservation set reversed_at = :now
                            where order_id = :order and state = 'posted' and reversed_at is null
                            returning card_id, direction, posted_minor, ended_at)
                        update card_counter t set %s
                        from reversed r where t.card_id = r.card_id and t.direction = r.direction
                        """.formatted(Periods.TAKE_BACK))
                .bind("order", orderId)
                .bind("now", clock.instant())
                .then();
    }

    /** Keeps others off the card until the transaction ends. */
    Mono<Void> lock(UUID cardId, Direction direction) {
        return database.sql("select 1 from card_counter where card_id = :card and direction = :direction for update")
                .bind("card", cardId)
                .bind("direction", direction.word())
                .then();
    }

    /** Counts turnover that was not reserved. */
    Mono<Void> add(UUID cardId, Direction direction, Entry entry) {
        return bound(database.sql("""
                        with added as (
                            insert into card_reservation
                                (order_id, card_id, direction, partner_id, amount_minor, posted_minor, state, outcome,
                                 counterparty, reserved_at, ended_at, chosen)
                            values (:order, :card, :direction, :partner, :amount, :amount, 'posted', 'approved',
                                    :counterparty, :now, :now, cast(:chosen as jsonb)) returning card_id, direction)
                        update card_counter t set last_assigned_at = :now, %s
                        from added a join card c on c.id = a.card_id cross join lateral (%s) p
                        where t.card_id = a.card_id and t.direction = a.direction
                        """.formatted(Periods.ADD_POSTED, Periods.OF_CARD)), entry)
                .bind("card", cardId)
                .bind("direction", direction.word())
                .bind("posted", entry.amountMinor())
                .then();
    }

    private DatabaseClient.GenericExecuteSpec bound(DatabaseClient.GenericExecuteSpec statement, Entry entry) {
        byte[] counterparty = entry.counterparty();
        return statement
                .bind("order", entry.orderId())
                .bind("partner", entry.partnerId())
                .bind("amount", entry.amountMinor())
                .bind("counterparty", counterparty == null ? Parameters.in(R2dbcType.VARBINARY) : counterparty)
                .bind("chosen", entry.chosen())
                .bind("now", clock.instant());
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}

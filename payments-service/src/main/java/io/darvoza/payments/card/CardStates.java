package io.darvoza.payments.card;

import io.darvoza.payments.card.model.Caps;
import io.darvoza.payments.card.model.CardState;
import io.darvoza.payments.card.model.CardStatus;
import io.darvoza.payments.card.model.Direction;
import io.darvoza.payments.card.model.Load;
import io.darvoza.payments.card.model.ScheduleWindow;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.vault.PanToken;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads what decides about cards. Hours, days and months are those of the card's zone; turnover of others counts as none. */
@Component
final class CardStates {

    private static final String SELECT = """
            select c.id, c.pan_token, c.mask, c.holder, c.bank, c.status, c.zone, c.valid_until, c.min_minor, c.max_minor,
                   c.cooldown_seconds, c.priority, c.partners,
                   (select array_agg(s.day_of_week || ' ' || s.from_minute || ' ' || s.until_minute)
                    from card_schedule s where s.card_id = c.id) schedule,
                   exists (select from card_vacation v where v.card_id = c.id and v.cancelled_at is null
                           and v.starts_at <= :now and v.ends_at > :now) on_vacation,
                   exists (select from card_reservation r where r.card_id = c.id and r.amount_minor = :amount
                           and r.state = 'open' and r.direction = 'in') same_amount,
                   coalesce((select b.balance from ledger_account a join ledger_balance b on b.account_id = a.id
                             where a.kind = 'float' and a.owner_id = c.id and a.currency = c.currency), 0) float_minor,
                   t.hour_cap_minor, t.day_cap_minor, t.month_cap_minor, t.day_cap_count, t.max_open,
                   t.reserved_minor, t.open_orders, t.last_assigned_at,
                   case when t.hour_start >= p.hour then t.hour_minor else 0 end hour_minor,
                   case when t.day_start >= p.day then t.day_minor else 0 end day_minor,
                   case when t.month_start >= p.month then t.month_minor else 0 end month_minor,
                   case when t.day_start >= p.day then t.day_count else 0 end day_count
            from card c join card_counter t on t.card_id = c.id and t.direction = :direction
            cross join lateral (%s) p
            """.formatted(Periods.OF_CARD);

    static final String ALL = SELECT + " where c.currency = :currency order by c.id";

    private final DatabaseClient database;
    private final Clock clock;

    CardStates(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A card with what an order shows of it. */
    record Found(CardState state, PanToken pan, String mask, String holder, String bank) {

        ChosenCard chosen(String explanation) {
            return new ChosenCard(state.id(), pan, mask, holder, bank, explanation);
        }
    }

    /** All cards of a currency and direction, whatever speaks against them. */
    Flux<Found> all(Currency currency, Direction direction, long amountMinor) {
        return select(ALL, direction, amountMinor)
                .bind("currency", currency.name())
                .map(CardStates::found)
                .all();
    }

    /** One card; empty when there is none of this currency that moves money this way. */
    Mono<Found> one(UUID cardId, Currency currency, Direction direction, long amountMinor) {
        return select(SELECT + " where c.currency = :currency and c.id = :card", direction, amountMinor)
                .bind("currency", currency.name())
                .bind("card", cardId)
                .map(CardStates::found)
                .one();
    }

    private DatabaseClient.GenericExecuteSpec select(String sql, Direction direction, long amountMinor) {
        return database.sql(sql)
                .bind("now", clock.instant())
                .bind("direction", direction.word())
                .bind("amount", amountMinor);
    }

    private static Found found(Readable row) {
        return new Found(
                state(row),
                new PanToken(value(row, "pan_token", UUID.class)),
                value(row, "mask", String.class),
                value(row, "holder", String.class),
                value(row, "bank", String.class));
    }

    private static CardState state(Readable row) {
        return new CardState(
                value(row, "id", UUID.class),
                CardStatus.ofWord(value(row, "status", String.class)),
                ZoneId.of(value(row, "zone", String.class)),
                value(row, "valid_until", LocalDate.class),
                value(row, "min_minor", Long.class),
                value(row, "max_minor", Long.class),
                Duration.ofSeconds(value(row, "cooldown_seconds", Long.class)),
                value(row, "priority", Integer.class),
                Set.of(value(row, "partners", UUID[].class)),
                schedule(row.get("schedule", String[].class)),
                value(row, "on_vacation", Boolean.class),
                value(row, "same_amount", Boolean.class),
                value(row, "float_minor", Long.class),
                new Caps(
                        row.get("hour_cap_minor", Long.class),
                        row.get("day_cap_minor", Long.class),
                        row.get("month_cap_minor", Long.class),
                        row.get("day_cap_count", Integer.class),
                        row.get("max_open", Integer.class)),
                new Load(
                        value(row, "reserved_minor", Long.class),
                        value(row, "open_orders", Integer.class),
                        value(row, "hour_minor", Long.class),
                        value(row, "day_minor", Long.class),
                        value(row, "month_minor", Long.class),
                        value(row, "day_count", Integer.class),
                        row.get("last_assigned_at", Instant.class)));
    }

    private static List<ScheduleWindow> schedule(String @Nullable [] rows) {
        return rows == null
                ? List.of()
                : Arrays.stream(rows).map(CardStates::window).toList();
    }

    private static ScheduleWindow window(String row) {
        List<Integer> numbers =
                Arrays.stream(row.split(" ", -1)).map(Integer::valueOf).toList();
        return new ScheduleWindow(DayOfWeek.of(numbers.get(0)), numbers.get(1), numbers.get(2));
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}

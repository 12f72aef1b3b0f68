package io.darvoza.payments.card;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Cards for reading, with their load; oldest first. */
@Component
final class CardReadModel {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String SELECT = """
            select c.*, (select array_agg(s.day_of_week || ' ' || s.from_minute || ' ' || s.until_minute
                                          order by s.day_of_week, s.from_minute)
                         from card_schedule s where s.card_id = c.id) schedule, %s, %s
            from card c cross join lateral (%s) p
            left join card_counter i on i.card_id = c.id and i.direction = 'in'
            left join card_counter o on o.card_id = c.id and o.direction = 'out'
            """.formatted(load("i"), load("o"), Periods.OF_CARD);

    private final DatabaseClient database;
    private final KeysetCursors cursors;
    private final Clock clock;

    CardReadModel(DatabaseClient database, KeysetCursors cursors, Clock clock) {
        this.database = database;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** Empty when there is none. */
    Mono<CardResponse> one(UUID id) {
        return database.sql(SELECT + " where c.id = :id")
                .bind("now", clock.instant())
                .bind("id", id)
                .map(CardReadModel::card)
                .one();
    }

    Mono<Page<CardResponse>> page(PageRequest request) {
        KeysetCursor cursor = cursors.forQuery("payments.admin.cards");
        return Mono.fromSupplier(() -> cursor.read(request.cursor()))
                .map(position -> position.isEmpty() ? BEFORE_ALL : UUID.fromString(position.getFirst()))
                .flatMap(last -> after(last, request.rowsToRead()))
                .map(rows -> Page.of(request, rows, card -> cursor.after(card.id())));
    }

    private Mono<List<CardResponse>> after(UUID last, int rows) {
        return database.sql(SELECT + " where c.id > :last order by c.id limit :rows")
                .bind("now", clock.instant())
                .bind("last", last)
                .bind("rows", rows)
                .map(CardReadModel::card)
                .all()
                .collectList();
    }

    /** The columns of one direction, each with the alias before its name. */
    private static String load(String alias) {
        return """
                %1$s.card_id %1$s_card, %1$s.hour_cap_minor %1$s_hour_cap, %1$s.day_cap_minor %1$s_day_cap,
                %1$s.month_cap_minor %1$s_month_cap, %1$s.day_cap_count %1$s_count_cap, %1$s.max_open %1$s_max_open,
                %1$s.reserved_minor %1$s_reserved, %1$s.open_orders %1$s_open, %1$s.last_assigned_at %1$s_last,
                case when %1$s.hour_start >= p.hour then %1$s.hour_minor else 0 end %1$s_hour,
                case when %1$s.day_start >= p.day then %1$s.day_minor else 0 end %1$s_day,
                case when %1$s.month_start >= p.month then %1$s.month_minor else 0 end %1$s_month,
                case when %1$s.day_start >= p.day then %1$s.day_count else 0 end %1$s_count
                """.formatted(alias);
    }

    private static CardResponse card(Readable row) {
        Currency currency = Currency.valueOf(value(row, "currency", String.class));
        return new CardResponse(
                value(row, "id", UUID.class),
                value(row, "mask", String.class),
                value(row, "bank", String.class),
                value(row, "holder", String.class),
                value(row, "holder_kind", String.class),
                value(row, "legal_basis", String.class),
                currency.name(),
                value(row, "status", String.class),
                row.get("status_reason", String.class),
                value(row, "status_since", Instant.class),
                value(row, "valid_until", LocalDate.class),
                value(row, "zone", String.class),
                Amount.format(value(row, "min_minor", Long.class), currency),
                Amount.format(value(row, "max_minor", Long.class), currency),
                value(row, "cooldown_seconds", Integer.class),
                value(row, "priority", Integer.class),
                List.of(value(row, "partners", UUID[].class)),
                schedule(row.get("schedule", String[].class)),
                load(row, "i", currency),
                load(row, "o", currency),
                value(row, "row_version", Long.class));
    }

    private static CardResponse.@Nullable LoadResponse load(Readable row, String alias, Currency currency) {
        if (row.get(alias + "_card", UUID.class) == null) {
            return null;
        }
        return new CardResponse.LoadResponse(
                new CardResponse.CapsResponse(
                        amount(row, alias + "_hour_cap", currency),
                        amount(row, alias + "_day_cap", currency),
                        amount(row, alias + "_month_cap", currency),
                        row.get(alias + "_count_cap", Integer.class),
                        row.get(alias + "_max_open", Integer.class)),
                Amount.format(value(row, alias + "_reserved", Long.class), currency),
                value(row, alias + "_open", Integer.class),
                Amount.format(value(row, alias + "_hour", Long.class), currency),
                Amount.format(value(row, alias + "_day", Long.class), currency),
                Amount.format(value(row, alias + "_month", Long.class), currency),
                value(row, alias + "_count", Integer.class),
                row.get(alias + "_last", Instant.class));
    }

    private static List<CardResponse.Window> schedule(String @Nullable [] rows) {
        return rows == null
                ? List.of()
                : Arrays.stream(rows).map(CardReadModel::window).toList();
    }

    private static CardResponse.Window window(String row) {
        List<Integer> numbers =
                Arrays.stream(row.split(" ", -1)).map(Integer::valueOf).toList();
        return new CardResponse.Window(numbers.get(0), time(numbers.get(1)), time(numbers.get(2)));
    }

    private static String time(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }

    private static @Nullable String amount(Readable row, String column, Currency currency) {
        Long minor = row.get(column, Long.class);
        return minor == null ? null : Amount.format(minor, currency);
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}

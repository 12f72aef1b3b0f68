package io.darvoza.payments.partner;

import io.darvoza.common.crypto.BlindIndex;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.PaymentsProperties;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * {@link PayerLimits} in tables {@code partner_limit} and {@code payer_counter}. Day and month of a payer are one row, so a
 * single conditional statement decides and counts; whoever waited for it decides by the counts it finds then.
 */
@Component
final class R2dbcPayerLimits implements PayerLimits {

    private static final String CLIENT_ID = "client_id";
    private static final String PAN = "pan";

    private static final String INDEX_OF_TOKEN = "select pan_index key_index from pan_vault where token = :token";

    private static final String COUNTING = """
            select :key payer_key, k.key_index, l.operation_minor, l.day_minor, l.month_minor
            from (%s) k left join partner_limit l
                on l.partner_id = :partner and l.payer_key = :key and l.identified = :identified
            """;

    private final DatabaseClient database;
    private final BlindIndex index;
    private final Clock clock;
    private final ZoneId zone;

    R2dbcPayerLimits(DatabaseClient database, BlindIndex index, Clock clock, PaymentsProperties properties) {
        this.database = database;
        this.index = index;
        this.clock = clock;
        this.zone = properties.zone();
    }

    /** A payer in the terms of the tables. */
    private record Key(String kind, byte[] index) {}

    /** The bounds in force; null is none. */
    private record Bounds(
            @Nullable Long operationMinor,
            @Nullable Long dayMinor,
            @Nullable Long monthMinor) {

        static Bounds from(Readable row) {
            return new Bounds(
                    row.get("operation_minor", Long.class),
                    row.get("day_minor", Long.class),
                    row.get("month_minor", Long.class));
        }

        long day() {
            return dayMinor == null ? Long.MAX_VALUE : dayMinor;
        }

        long month() {
            return monthMinor == null ? Long.MAX_VALUE : monthMinor;
        }
    }

    private record Counting(Key key, Bounds bounds) {

        static Counting from(Readable row) {
            return new Counting(
                    new Key(
                            Objects.requireNonNull(row.get("payer_key", String.class)),
                            Objects.requireNonNull(row.get("key_index", byte[].class))),
                    Bounds.from(row));
        }
    }

    @Override
    public Mono<Boolean> isIdentified(UUID partnerId, String clientId) {
        return database.sql("""
                        select exists (select from identified_payer where partner_id = :partner and key_index = :index)
                        """)
                .bind("partner", partnerId)
                .bind("index", clientIndex(partnerId, clientId))
                .mapValue(Boolean.class)
                .one();
    }

    @Override
    public Mono<Void> take(UUID partnerId, Payer payer, boolean identified, long amountMinor) {
        return countingOf(partnerId, payer, identified)
                .flatMap(counting -> take(partnerId, counting.key(), counting.bounds(), amountMinor));
    }

    private Mono<Void> take(UUID partnerId, Key key, Bounds bounds, long amountMinor) {
        if (bounds.operationMinor() != null && amountMinor > bounds.operationMinor()) {
            return Mono.error(exceeded(key, "operation"));
        }
        if (amountMinor > bounds.day()) {
            return Mono.error(exceeded(key, "day"));
        }
        if (amountMinor > bounds.month()) {
            return Mono.error(exceeded(key, "month"));
        }
        TurnoverPeriods now = TurnoverPeriods.at(clock.instant(), zone);
        return database.sql("""
                        insert into payer_counter as c
                            (partner_id, payer_key, key_index, day_start, day_minor, month_start, month_minor)
                        values (:partner, :key, :index, :day, :amount, :month, :amount)
                        on conflict (partner_id, payer_key, key_index) do update
                        set day_minor = :amount + case when c.day_start = :day then c.day_minor else 0 end,
                            month_minor = :amount + case when c.month_start = :month then c.month_minor else 0 end,
                            day_start = :day, month_start = :month
                        where case when c.day_start = :day then c.day_minor else 0 end <= :dayRoom
                          and case when c.month_start = :month then c.month_minor else 0 end <= :monthRoom
                        """)
                .bind("partner", partnerId)
                .bind("key", key.kind())
                .bind("index", key.index())
                .bind("day", now.dayStart())
                .bind("month", now.monthStart())
                .bind("amount", amountMinor)
                .bind("dayRoom", bounds.day() - amountMinor)
                .bind("monthRoom", bounds.month() - amountMinor)
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : refuse(partnerId, key, bounds, amountMinor, now));
    }

    /** Finds out which bound it was; the day is named first. */
    private Mono<Void> refuse(UUID partnerId, Key key, Bounds bounds, long amountMinor, TurnoverPeriods now) {
        return database.sql("""
                        select coalesce(max(day_minor), 0) from payer_counter
                        where partner_id = :partner and payer_key = :key and key_index = :index and day_start = :day
                        """)
                .bind("partner", partnerId)
                .bind("key", key.kind())
                .bind("index", key.index())
                .bind("day", now.dayStart())
                .mapValue(Long.class)
                .one()
                .flatMap(used -> Mono.error(exceeded(key, used > bounds.day() - amountMinor ? "day" : "month")));
    }

    private static RuntimeException exceeded(Key key, String period) {
        String limit = key.kind() + "_" + period;
        return PaymentsProblem.LIMIT_EXCEEDED.exception(limit).with("limit", limit);
    }

    @Override
    public Mono<Void> giveBack(UUID partnerId, Payer payer, long amountMinor, Instant takenAt) {
        TurnoverPeriods then = TurnoverPeriods.at(takenAt, zone);
        return keyOf(partnerId, payer)
                .flatMap(key -> database.sql("""
                        update payer_counter
                        set day_minor = day_minor - case when day_start = :day then :amount else 0 end,
                            month_minor = month_minor - case when month_start = :month then :amount else 0 end
                        where partner_id = :partner and payer_key = :key and key_index = :index
                        """)
                        .bind("partner", partnerId)
                        .bind("key", key.kind())
                        .bind("index", key.index())
                        .bind("day", then.dayStart())
                        .bind("month", then.monthStart())
                        .bind("amount", amountMinor)
                        .then());
    }

    /** Under what a payer is counted, and what bounds it; a token without a row in the vault is a fault of the caller. */
    private Mono<Counting> countingOf(UUID partnerId, Payer payer, boolean identified) {
        return (switch (payer) {
                    case Payer.OfClientId(String clientId) ->
                        database.sql(COUNTING.formatted("select cast(:index as bytea) key_index"))
                                .bind("index", clientIndex(partnerId, clientId))
                                .bind("key", CLIENT_ID);
                    case Payer.OfCard(var token) ->
                        database.sql(COUNTING.formatted(INDEX_OF_TOKEN))
                                .bind("token", token.id())
                                .bind("key", PAN);
                })
                .bind("partner", partnerId)
                .bind("identified", identified)
                .map(Counting::from)
                .one()
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("no card number behind " + payer)));
    }

    private Mono<Key> keyOf(UUID partnerId, Payer payer) {
        return switch (payer) {
            case Payer.OfClientId(String clientId) ->
                Mono.fromSupplier(() -> new Key(CLIENT_ID, clientIndex(partnerId, clientId)));
            case Payer.OfCard(var token) ->
                database.sql(INDEX_OF_TOKEN)
                        .bind("token", token.id())
                        .map(row -> new Key(PAN, Objects.requireNonNull(row.get("key_index", byte[].class))))
                        .one()
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException("no card number behind " + token)));
        };
    }

    private byte[] clientIndex(UUID partnerId, String clientId) {
        return index.of("payer", partnerId.toString(), clientId);
    }
}

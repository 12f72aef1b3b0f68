package io.darvoza.egov.opendata;

import io.darvoza.egov.provider.Purpose;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Counts requests to the upstream, in the database, one row each, before they are made. So the limit holds over all instances and
 * outlives every one of them; without the database there are no slots, and no requests.
 */
@Component
class RateSlots {

    private final DatabaseClient database;

    RateSlots(DatabaseClient database) {
        this.database = database;
    }

    /** Takes a slot, or says why not. Never more than {@code most} for one key in any 62 seconds. */
    Mono<Slot> take(String keyId, Purpose purpose, int most) {
        return Mono.defer(() -> {
            long askedAt = System.nanoTime();
            return database.sql("select * from take_upstream_slot(:key, :purpose, :most, :bulk)")
                    .bind("key", keyId)
                    .bind("purpose", purpose.word())
                    .bind("most", most)
                    .bind("bulk", OpenDataProperties.bulkShare(most))
                    .map(row -> slot(row, askedAt))
                    .one();
        });
    }

    /** The upstream has asked for rest: no slots of this key until then. */
    Mono<Void> pause(String keyId, Duration rest) {
        return hold("paused_until", keyId, rest);
    }

    /** The upstream has refused the key. */
    Mono<Void> refuse(String keyId, Duration rest) {
        return hold("refused_until", keyId, rest);
    }

    private Mono<Void> hold(String column, String keyId, Duration rest) {
        return database.sql("""
                        insert into upstream_key (key_id, %1$s)
                        values (:key, egov_clock() + make_interval(secs => :rest))
                        on conflict (key_id) do update set %1$s = greatest(upstream_key.%1$s, excluded.%1$s)
                        """.formatted(column))
                .bind("key", keyId)
                .bind("rest", rest.toMillis() / 1000.0)
                .then();
    }

    private static Slot slot(Readable row, long askedAt) {
        double seconds = Objects.requireNonNull(row.get("wait_seconds", Double.class));
        Duration wait = Duration.ofMillis((long) Math.ceil(seconds * 1000));
        String outcome = Objects.requireNonNull(row.get("outcome", String.class));
        return switch (outcome) {
            case "granted" -> new Slot.Granted(askedAt);
            case "spent" -> new Slot.Spent(wait);
            case "paused" -> new Slot.Paused(wait);
            case "refused" -> new Slot.Refused(wait);
            default -> throw new IllegalStateException("take_upstream_slot says " + outcome);
        };
    }
}

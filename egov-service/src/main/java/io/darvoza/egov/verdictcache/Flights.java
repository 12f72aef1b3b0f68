package io.darvoza.egov.verdictcache;

import io.darvoza.common.database.RetentionRule;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Which verdicts some instance is asking for just now. A courtesy between instances and no lock: nothing breaks when two ask for the
 * same, so a lease ends by its time when its holder is gone, and who has waited long enough asks all the same.
 */
@Component
class Flights {

    private static final Duration KEPT = Duration.ofHours(1);

    private final DatabaseClient database;
    private final UUID instance = UUID.randomUUID();

    Flights(DatabaseClient database) {
        this.database = database;
    }

    /** Whether it is for this instance to ask, for so long at most. */
    Mono<Boolean> begin(byte[] key, Duration atMost) {
        return database.sql("""
                        insert into verdict_flight (key, instance, until)
                        values (:key, :instance, egov_clock() + make_interval(secs => :seconds))
                        on conflict (key) do update set instance = excluded.instance, until = excluded.until
                            where verdict_flight.until <= egov_clock()
                        """)
                .bind("key", key)
                .bind("instance", instance)
                .bind("seconds", atMost.toMillis() / 1000.0)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    Mono<Void> end(byte[] key) {
        return database.sql("delete from verdict_flight where key = :key and instance = :instance")
                .bind("key", key)
                .bind("instance", instance)
                .then();
    }

    @Configuration(proxyBeanMethods = false)
    static class Left {

        /** Leases of instances that are gone. */
        @Bean
        RetentionRule leftFlights() {
            return new RetentionRule("verdict_flight", "until", KEPT);
        }
    }
}

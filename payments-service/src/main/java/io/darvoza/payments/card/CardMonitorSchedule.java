package io.darvoza.payments.card;

import io.darvoza.common.database.DedicatedConnections;
import io.darvoza.common.reactive.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets the monitor look now and then, on one instance at a time: that which holds an advisory lock. */
@Component
@EnableScheduling
class CardMonitorSchedule {

    private static final Logger log = LoggerFactory.getLogger(CardMonitorSchedule.class);
    private static final Duration BOUND = Duration.ofMinutes(5);

    /** «cardmon» in ASCII; no other advisory lock of this database has this number. */
    private static final String TRY_LOCK = "select pg_try_advisory_lock(" + 0x636172646D6F6EL + ")";

    private final CardMonitor monitor;
    private final CountersCheck counters;
    private final DedicatedConnections connections;

    CardMonitorSchedule(CardMonitor monitor, CountersCheck counters, DedicatedConnections connections) {
        this.monitor = monitor;
        this.counters = counters;
        this.connections = connections;
    }

    @Scheduled(
            initialDelayString = "${darvoza.payments.monitor.every:1m}",
            fixedDelayString = "${darvoza.payments.monitor.every:1m}")
    void look() {
        onOneInstance(monitor.round());
    }

    @Scheduled(
            initialDelayString = "${darvoza.payments.monitor.counters-every:1h}",
            fixedDelayString = "${darvoza.payments.monitor.counters-every:1h}")
    void compare() {
        onOneInstance(counters.check().then());
    }

    private void onOneInstance(Mono<Void> work) {
        try (Connection session = connections.open("card monitor")) {
            if (isFirst(session)) {
                Await.within(work, BOUND);
            }
        } catch (SQLException | RuntimeException fault) {
            log.warn("The card monitor failed and comes again: {}", fault.toString());
        }
    }

    /** The lock goes with the session. */
    private static boolean isFirst(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet locked = statement.executeQuery(TRY_LOCK)) {
            return locked.next() && locked.getBoolean(1);
        }
    }
}

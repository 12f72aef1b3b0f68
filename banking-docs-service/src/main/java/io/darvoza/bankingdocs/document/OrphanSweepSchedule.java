package io.darvoza.bankingdocs.document;

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

/** Removes contents of deleted documents and sweeps, now and then, on one instance at a time: that which holds an advisory lock. */
@Component
@EnableScheduling
class OrphanSweepSchedule {

    private static final Logger log = LoggerFactory.getLogger(OrphanSweepSchedule.class);
    private static final Duration BOUND = Duration.ofMinutes(10);

    /** «orphans» in ASCII; no other advisory lock of this database has this number. */
    private static final String TRY_LOCK = "select pg_try_advisory_lock(" + 0x6F727068616E73L + ")";

    private final OrphanSweep sweep;
    private final ContentPurge purge;
    private final DedicatedConnections connections;

    OrphanSweepSchedule(OrphanSweep sweep, ContentPurge purge, DedicatedConnections connections) {
        this.sweep = sweep;
        this.purge = purge;
        this.connections = connections;
    }

    @Scheduled(
            initialDelayString = "${darvoza.banking-docs.documents.sweep-every:10m}",
            fixedDelayString = "${darvoza.banking-docs.documents.sweep-every:10m}")
    void run() {
        try (Connection session = connections.open("orphan sweep")) {
            if (isFirst(session)) {
                Await.within(purge.run().then(sweep.sweep()).then(), BOUND);
            }
        } catch (SQLException | RuntimeException fault) {
            log.warn("The sweep for objects without a document failed and comes again: {}", fault.toString());
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

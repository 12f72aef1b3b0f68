package io.darvoza.common.outbox;

import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** What the relay does with the table, on its dedicated connection; each statement is a transaction of its own. */
final class OutboxTable {

    /** "darv", and 1 for the outbox: the pair is apart from the single numbers that transactions lock. */
    private static final String LOCK = "SELECT pg_try_advisory_lock(x'64617276'::int, 1)";

    /**
     * By status and never by a cursor: a transaction may commit a smaller id after a greater one was read. What is held back is
     * read once and not for each event: the plan of this long connection may be from a time when the table was empty.
     */
    private static final String UNSENT = """
            SELECT id, topic, event_key, event_id, type, source, occurred_at, subject, aggregate_version,
                   owner_kind, owner_id, traceparent, payload
            FROM outbox_event
            WHERE status = 'unsent'
              AND (topic, event_key) NOT IN (SELECT topic, event_key FROM outbox_event
                                             WHERE status = 'unsent' AND next_attempt_at > now())
            ORDER BY id
            LIMIT ?
            """;

    private static final String MARK_SENT = """
            UPDATE outbox_event SET status = 'sent', sent_at = now(), next_attempt_at = NULL, last_error = NULL
            WHERE id = ANY (?)
            """;

    private static final String HOLD = """
            UPDATE outbox_event
            SET attempts = attempts + 1, last_error = left(?, 1000),
                next_attempt_at = now() + least(interval '1 second' * power(2, least(attempts, 20)), make_interval(secs => ?))
            WHERE id = ?
            """;

    private static final String BACKLOG = """
            SELECT (SELECT count(*) FROM (SELECT 1 FROM outbox_event WHERE status = 'unsent' LIMIT 100000) capped),
                   coalesce(extract(epoch FROM clock_timestamp() - (SELECT created_at FROM outbox_event
                                                                    WHERE status = 'unsent' ORDER BY id LIMIT 1)), 0)
            """;

    private final Connection connection;

    OutboxTable(Connection connection) {
        this.connection = connection;
    }

    /** Whether this session now holds the relay's lock, which it keeps until the connection ends. */
    boolean tryLead() throws SQLException {
        try (var statement = connection.prepareStatement(LOCK);
                var result = statement.executeQuery()) {
            result.next();
            return result.getBoolean(1);
        }
    }

    /** Unsent events in the order of their ids, without those behind a refused one that is not due yet. */
    List<OutboxRow> unsent(int limit) throws SQLException {
        try (var statement = connection.prepareStatement(UNSENT)) {
            statement.setInt(1, limit);
            var rows = new ArrayList<OutboxRow>();
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            return rows;
        }
    }

    void markSent(Collection<Long> ids) throws SQLException {
        try (var statement = connection.prepareStatement(MARK_SENT)) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            statement.executeUpdate();
        }
    }

    /** Lets an event that the broker refused wait, twice as long each time, and those of its lane with it. */
    void hold(long id, String error, Duration longest) throws SQLException {
        try (var statement = connection.prepareStatement(HOLD)) {
            statement.setString(1, error);
            statement.setDouble(2, longest.toMillis() / 1000.0);
            statement.setLong(3, id);
            statement.executeUpdate();
        }
    }

    Backlog backlog() throws SQLException {
        try (var statement = connection.prepareStatement(BACKLOG);
                var result = statement.executeQuery()) {
            result.next();
            return new Backlog(result.getLong(1), result.getDouble(2));
        }
    }

    /**
     * What waits to be sent.
     *
     * @param events how many, counted to 100 000
     * @param oldestSeconds age of the oldest; 0 when none waits
     */
    record Backlog(double events, double oldestSeconds) {}

    private static OutboxRow row(ResultSet result) throws SQLException {
        var event = new SuiteEvent(
                result.getObject("event_id", UUID.class),
                result.getString("type"),
                result.getString("source"),
                result.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                result.getString("subject"),
                result.getLong("aggregate_version"),
                new EventOwner(result.getString("owner_kind"), result.getString("owner_id")),
                result.getString("traceparent"),
                result.getString("payload"));
        var lane = new OutboxRow.Lane(result.getString("topic"), result.getString("event_key"));
        return new OutboxRow(result.getLong("id"), lane, event);
    }
}

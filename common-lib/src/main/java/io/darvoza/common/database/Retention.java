package io.darvoza.common.database;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.reactive.Rounds;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;

/** Deletes what {@link RetentionRule}s let go, in small batches. Every instance does; they pass over each other's rows. */
public final class Retention extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** Well above the longest statement time-out. */
    private static final Duration STATEMENT_BOUND = Duration.ofMinutes(6);

    private final List<RetentionRule> rules;
    private final DatabaseClient database;
    private final RetentionProperties properties;

    public Retention(List<RetentionRule> rules, DatabaseClient database, RetentionProperties properties) {
        super("retention", properties.every());
        this.rules = List.copyOf(rules);
        this.database = database;
        this.properties = properties;
    }

    /** Deletes everything that may go now. */
    public void apply() {
        for (RetentionRule rule : rules) {
            long deleted = 0;
            long batch;
            do {
                batch = deleteBatch(rule);
                deleted += batch;
            } while (batch == properties.batch());
            if (deleted > 0) {
                log.info("{} rows of {} were older than {} and are deleted", deleted, rule.table(), rule.keep());
            }
        }
    }

    private long deleteBatch(RetentionRule rule) {
        Long rows = Await.within(
                database.sql("""
                                DELETE FROM %1$s WHERE ctid IN (
                                    SELECT ctid FROM %1$s WHERE %2$s < now() - make_interval(secs => :keep)
                                    LIMIT :batch FOR UPDATE SKIP LOCKED)
                                """.formatted(rule.table(), rule.column()))
                        .bind("keep", (double) rule.keep().toSeconds())
                        .bind("batch", properties.batch())
                        .fetch()
                        .rowsUpdated(),
                STATEMENT_BOUND);
        return rows == null ? 0 : rows;
    }

    @Override
    protected Duration round() {
        try {
            apply();
        } catch (RuntimeException e) {
            log.warn("old rows were not deleted, the next try is in {}: {}", properties.every(), e.toString());
        }
        return properties.every();
    }
}

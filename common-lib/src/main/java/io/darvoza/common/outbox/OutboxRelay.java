package io.darvoza.common.outbox;

import io.darvoza.common.database.DedicatedConnections;
import io.darvoza.common.reactive.Failpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Carries events from the outbox to Kafka: at least once, and of one topic and key in the order of writing.
 *
 * <p>Of all instances of a service one leads: the one whose dedicated connection holds a session advisory lock. When that
 * connection is lost, so is the lead; the relay starts over, and another instance may be first. Writers wait neither for the
 * relay nor for the broker.
 */
public final class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration STOP_BOUND = Duration.ofSeconds(15);

    /** A batch costs a look, a write and a commit, however many events it holds: those of a moment go together. */
    private static final Duration MOMENT = Duration.ofMillis(40);

    private final DedicatedConnections connections;
    private final OutboxSender sender;
    private final OutboxProperties.Relay properties;
    private final OutboxMeters meters;
    private final Semaphore pokes = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Duration nextPause;
    private volatile boolean started;
    private volatile @Nullable Thread thread;

    OutboxRelay(
            DedicatedConnections connections,
            OutboxSender sender,
            OutboxProperties.Relay properties,
            OutboxMeters meters) {
        this.connections = connections;
        this.sender = sender;
        this.properties = properties;
        this.meters = meters;
        this.nextPause = properties.poll();
    }

    /** Tells the relay that there may be something to send. Returns at once, on any thread. */
    public void poke() {
        pokes.release();
    }

    /** Whether this instance is the one that sends. */
    public boolean isLeader() {
        return meters.isLeader();
    }

    private void run() {
        try {
            while (isRunning()) {
                relayUntilConnectionBreaks();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relayUntilConnectionBreaks() throws InterruptedException {
        try (Connection connection = connections.open("outbox-relay")) {
            var table = new OutboxTable(connection);
            while (isRunning() && !table.tryLead()) {
                meters.observe(table);
                stopped.await(properties.lockRetry().toMillis(), TimeUnit.MILLISECONDS);
            }
            meters.lead(true);
            while (isRunning()) {
                meters.observe(table);
                sendBatch(table);
            }
        } catch (SQLException | RuntimeException e) {
            log.warn("the outbox relay has lost its connection and starts over: {}", e.toString());
            meters.lost();
            pauseLonger();
        } finally {
            meters.lead(false);
        }
    }

    private void sendBatch(OutboxTable table) throws SQLException, InterruptedException {
        pokes.drainPermits();
        List<OutboxRow> rows = table.unsent(properties.batch());
        if (rows.isEmpty()) {
            pokes.tryAcquire(properties.poll().toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        Failpoint.reached("outbox.after-relay-read");
        OutboxSender.Outcome outcome = sender.send(rows);
        Failpoint.reached("outbox.after-send");
        table.markSent(outcome.sent());
        Failpoint.reached("outbox.after-mark");
        meters.sent(outcome.sent().size());
        for (OutboxSender.Refused refused : outcome.refused()) {
            hold(table, refused);
        }
        if (outcome.unavailable() == null) {
            nextPause = properties.poll();
            gather(rows.size());
        } else {
            log.warn(
                    "events wait, because Kafka cannot be reached: {}",
                    outcome.unavailable().toString());
            pauseLonger();
        }
    }

    private void gather(int sentTogether) throws InterruptedException {
        if (sentTogether < properties.batch()) {
            stopped.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void hold(OutboxTable table, OutboxSender.Refused refused) throws SQLException {
        OutboxRow row = refused.row();
        String reason =
                NestedExceptionUtils.getMostSpecificCause(refused.reason()).toString();
        log.error(
                "event {} {} is refused and holds up key {} of {}: {}",
                row.event().type(),
                row.event().id(),
                row.lane().key(),
                row.lane().topic(),
                reason);
        meters.refused();
        table.hold(row.id(), reason, properties.maxHold());
    }

    /** Twice as long each time until something succeeds; not cut short by pokes, only by the end. */
    private void pauseLonger() throws InterruptedException {
        stopped.await(nextPause.toMillis(), TimeUnit.MILLISECONDS);
        Duration doubled = nextPause.multipliedBy(2);
        nextPause = doubled.compareTo(properties.maxBackOff()) > 0 ? properties.maxBackOff() : doubled;
    }

    @Override
    public void start() {
        started = true;
        thread = Thread.ofPlatform().name("outbox-relay").daemon().start(this::run);
    }

    /** Lets the batch under way end. What is unsent then is sent by another instance, or by the next start. */
    @Override
    public void stop() {
        Thread relay = thread;
        stopped.countDown();
        pokes.release();
        try {
            if (relay != null && !relay.join(STOP_BOUND)) {
                relay.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return started && stopped.getCount() > 0;
    }

    /** Stops after everything that writes events. */
    @Override
    public int getPhase() {
        return -1000;
    }
}

package io.darvoza.common.feed;

import io.darvoza.common.reactive.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/**
 * Moves a feed on, on every instance: soon after something happened here, and again and again for what happened elsewhere.
 * What happens within a moment is moved on together, so the feed costs little however much happens. An instance at which nobody
 * reads looks seldom: those at which somebody does number what happens here, too.
 */
public final class FeedJob implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FeedJob.class);
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration UNREAD = Duration.ofSeconds(2);

    private final String name;
    private final Supplier<Mono<Void>> advance;
    private final BooleanSupplier read;
    private final Duration every;
    private final Semaphore pokes = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean started;

    /** @param every how often the feed is looked at while somebody reads it here, longer than a moment of 20 ms */
    public FeedJob(String name, Feed<?> feed, Duration every) {
        this(name, feed::advance, feed::isRead, every);
        feed.onNewReader(this::poke);
    }

    FeedJob(String name, Supplier<Mono<Void>> advance, BooleanSupplier read, Duration every) {
        this.name = name;
        this.advance = advance;
        this.read = read;
        this.every = every;
    }

    /** Within a transaction: the feed moves on soon after its commit. */
    public Mono<Void> afterCommit() {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(transaction -> transaction.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return Mono.fromRunnable(FeedJob.this::poke);
                    }
                }))
                .then();
    }

    /** Tells that there may be something to move on. Returns at once, on any thread. */
    void poke() {
        pokes.release();
    }

    private void run() {
        try {
            while (isRunning()) {
                pokes.drainPermits();
                advance();
                stopped.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
                pokes.tryAcquire(pause().minus(MOMENT).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        return read.getAsBoolean() || every.compareTo(UNREAD) > 0 ? every : UNREAD;
    }

    private void advance() {
        try {
            Await.within(advance.get(), BOUND);
        } catch (RuntimeException fault) {
            log.warn("The feed {} stands still for a moment: {}", name, fault.toString());
        }
    }

    @Override
    public void start() {
        started = true;
        Thread.ofVirtual().name(name).start(this::run);
    }

    @Override
    public void stop() {
        stopped.countDown();
        poke();
    }

    @Override
    public boolean isRunning() {
        return started && stopped.getCount() > 0;
    }
}

package io.darvoza.payments.order;

import io.darvoza.common.reactive.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/**
 * Moves the feed on, on every instance: soon after something happened here, and again and again for what happened elsewhere.
 * What happens within a moment is moved on together, so the feed costs little however much happens.
 */
@Component
class OrderFeedJob implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OrderFeedJob.class);
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final OrderFeed feed;
    private final OrderProperties properties;
    private final Semaphore pokes = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean started;

    OrderFeedJob(OrderFeed feed, OrderProperties properties) {
        this.feed = feed;
        this.properties = properties;
    }

    /** Within a transaction: the feed moves on soon after its commit. */
    Mono<Void> afterCommit() {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(transaction -> transaction.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public Mono<Void> afterCommit() {
                        return Mono.fromRunnable(OrderFeedJob.this::poke);
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
                pokes.tryAcquire(properties.feedEvery().minus(MOMENT).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void advance() {
        try {
            Await.within(feed.advance(), BOUND);
        } catch (RuntimeException fault) {
            log.warn("The feed of orders stands still for a moment: {}", fault.toString());
        }
    }

    @Override
    public void start() {
        started = true;
        Thread.ofVirtual().name("order-feed").start(this::run);
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

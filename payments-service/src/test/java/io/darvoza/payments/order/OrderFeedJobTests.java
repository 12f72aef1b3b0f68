package io.darvoza.payments.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.reactive.TransactionContextManager;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

class OrderFeedJobTests {

    private static final OrderProperties SELDOM = new OrderProperties(
            null,
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofMinutes(20),
            Duration.ofHours(72),
            0,
            Duration.ofSeconds(1),
            200,
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            1000,
            Duration.ofMinutes(30),
            5);

    private final Semaphore moves = new Semaphore(0);
    private final OrderFeedJob job = new OrderFeedJob(new CountedFeed(moves), SELDOM);

    @Test
    void whatIsCommittedHereMovesTheFeedOnLongBeforeItsNextLook() throws Exception {
        job.start();
        try {
            assertThat(moves.tryAcquire(10, TimeUnit.SECONDS))
                    .as("the first look")
                    .isTrue();
            var transaction = inTransaction();
            assertThat(moves.tryAcquire(200, TimeUnit.MILLISECONDS))
                    .as("not yet")
                    .isFalse();
            for (var synchronization : transaction.getSynchronizations()) {
                synchronization.afterCommit().block();
            }
            assertThat(moves.tryAcquire(10, TimeUnit.SECONDS)).as("committed").isTrue();
        } finally {
            job.stop();
        }
    }

    /** In which something happened that is not committed yet. */
    private TransactionSynchronizationManager inTransaction() {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(TransactionSynchronizationManager::initSynchronization)
                .flatMap(transaction -> job.afterCommit().thenReturn(transaction))
                .contextWrite(TransactionContextManager.createTransactionContext())
                .block();
    }

    private static final class CountedFeed extends OrderFeed {

        private final Semaphore moves;

        CountedFeed(Semaphore moves) {
            super(null, null);
            this.moves = moves;
        }

        @Override
        Mono<Void> advance() {
            return Mono.fromRunnable(moves::release);
        }
    }
}

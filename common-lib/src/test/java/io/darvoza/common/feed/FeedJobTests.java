package io.darvoza.common.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.reactive.TransactionContextManager;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

class FeedJobTests {

    private final Semaphore moves = new Semaphore(0);
    private final FeedJob job = job(true, Duration.ofMinutes(30));

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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void looksOftenOnlyWhileSomebodyReads(boolean read) throws Exception {
        FeedJob looking = job(read, Duration.ofMillis(50));
        looking.start();
        try {
            assertThat(moves.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(moves.tryAcquire(2, 1, TimeUnit.SECONDS)).isEqualTo(read);
        } finally {
            looking.stop();
        }
    }

    private FeedJob job(boolean read, Duration every) {
        return new FeedJob("feed", () -> Mono.fromRunnable(moves::release), () -> read, every);
    }

    /** In which something happened that is not committed yet. */
    private TransactionSynchronizationManager inTransaction() {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(TransactionSynchronizationManager::initSynchronization)
                .flatMap(transaction -> job.afterCommit().thenReturn(transaction))
                .contextWrite(TransactionContextManager.createTransactionContext())
                .block();
    }
}

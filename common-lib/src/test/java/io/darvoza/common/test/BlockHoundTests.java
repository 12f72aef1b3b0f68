package io.darvoza.common.test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The watch over blocking calls is on: {@link BlockHoundListener} comes by itself with this jar on the class path. */
class BlockHoundTests {

    @Test
    void aBlockingCallOnAnEventLoopFails() {
        Mono<Long> blocking = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return 1L;
                })
                .subscribeOn(Schedulers.parallel());

        assertThatThrownBy(() -> blocking.block(Duration.ofSeconds(5)))
                .hasCauseInstanceOf(BlockingOperationError.class);
    }
}

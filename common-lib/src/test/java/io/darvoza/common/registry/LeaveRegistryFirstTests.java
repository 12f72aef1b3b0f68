package io.darvoza.common.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;

class LeaveRegistryFirstTests {

    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Test
    void stopsBeforeTheWebServer() {
        var leaving = new LeaveRegistryFirst(() -> {}, Duration.ZERO);

        assertThat(leaving.getPhase()).isGreaterThan(WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE);
    }

    @Test
    void leavesAtOnceAndReportsAfterTheDrain() throws InterruptedException {
        var leaving = new LeaveRegistryFirst(() -> steps.add("left"), Duration.ofMillis(200));
        leaving.start();

        leaving.stop(this::reportStopped);

        assertThat(steps).containsExactly("left");
        assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(steps).containsExactly("left", "stopped");
        assertThat(leaving.isRunning()).isFalse();
    }

    @Test
    void goesOnWhenTheRegistryIsAway() throws InterruptedException {
        var leaving = new LeaveRegistryFirst(
                () -> {
                    throw new IllegalStateException("registry is away");
                },
                Duration.ZERO);

        leaving.stop(this::reportStopped);

        assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private void reportStopped() {
        steps.add("stopped");
        stopped.countDown();
    }
}

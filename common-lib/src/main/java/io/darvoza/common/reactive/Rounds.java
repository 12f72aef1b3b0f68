package io.darvoza.common.reactive;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does something again and again, on a thread of its own that may block, from the application's start to its stop. A stop ends the
 * pause at once and a round when that is over.
 */
public abstract class Rounds implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final String name;
    private final Duration before;
    private final Semaphore stopped = new Semaphore(0);
    private volatile boolean running;

    /**
     * @param name of the thread
     * @param before the pause before the first round
     */
    protected Rounds(String name, Duration before) {
        this.name = name;
        this.before = before;
    }

    /** One round. Gives the pause until the next one, which may be none. A fault that it lets out is logged, and the next one comes. */
    protected abstract Duration round();

    @Override
    public final void start() {
        running = true;
        Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        try {
            Duration pause = before;
            while (!stopped.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = roundOrPause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration roundOrPause() {
        try {
            return round();
        } catch (RuntimeException fault) {
            log.warn("{} failed, the next round is in {}", name, AFTER_FAULT, fault);
            return AFTER_FAULT;
        }
    }

    @Override
    public final void stop() {
        running = false;
        stopped.release();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}

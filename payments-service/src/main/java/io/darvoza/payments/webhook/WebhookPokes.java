package io.darvoza.payments.webhook;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Wakes the sender of this instance. */
@Component
final class WebhookPokes {

    private final Semaphore pokes = new Semaphore(0);

    /** Tells that there may be something to send. Returns at once, on any thread. */
    void poke() {
        pokes.release();
    }

    /** Forgets the pokes until now: whoever calls it looks after them. */
    void forget() {
        pokes.drainPermits();
    }

    /** Returns at the next poke, or when the time is over. */
    void await(Duration longest) throws InterruptedException {
        pokes.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}

package io.darvoza.payments.webhook;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.reactive.Failpoint;
import io.darvoza.payments.webhook.model.Attempt;
import io.darvoza.payments.webhook.model.RetrySchedule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Sends due callbacks: each at least once, of one order in the order of its versions, every endpoint by itself. One thread looks
 * for due ones, each try has its own. Every instance of the service sends.
 */
@Component
final class WebhookSender implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);

    /** Well above the database's own time-outs. */
    private static final Duration DATABASE_BOUND = Duration.ofSeconds(30);

    private static final Duration FAULT_PAUSE = Duration.ofSeconds(2);

    private final DeliveryQueue queue;
    private final CallbackClient client;
    private final WebhookPokes pokes;
    private final WebhookProperties properties;
    private final RetrySchedule schedule;
    private final MeterRegistry meters;
    private final Semaphore places;
    private volatile boolean running;

    WebhookSender(
            DeliveryQueue queue,
            CallbackClient client,
            WebhookPokes pokes,
            WebhookProperties properties,
            MeterRegistry meters) {
        this.queue = queue;
        this.client = client;
        this.pokes = pokes;
        this.properties = properties;
        this.schedule = properties.schedule();
        this.meters = meters;
        this.places = new Semaphore(properties.concurrency());
    }

    private void run() {
        try {
            while (running) {
                pokes.forget();
                Duration pause = sendDue();
                if (!pause.isZero()) {
                    pokes.await(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long to wait before the next look: not at all after one that found something. */
    private Duration sendDue() {
        int free = places.availablePermits();
        if (free == 0) {
            return properties.poll();
        }
        List<Due> taken;
        try {
            taken = Await.within(queue.take(free).collectList(), DATABASE_BOUND);
        } catch (RuntimeException fault) {
            log.warn("due callbacks cannot be read, the next look is in {}: {}", FAULT_PAUSE, fault.toString());
            return FAULT_PAUSE;
        }
        if (taken == null || taken.isEmpty()) {
            return properties.poll();
        }
        for (Due due : taken) {
            places.acquireUninterruptibly();
            Thread.ofVirtual().name("webhook-" + due.id()).start(() -> deliver(due));
        }
        return Duration.ZERO;
    }

    /** What cannot be noted is tried again when the lease is over. */
    private void deliver(Due due) {
        try {
            Failpoint.reached("webhook.after-take");
            Attempt attempt =
                    Await.within(client.send(due), properties.timeout().multipliedBy(2));
            Failpoint.reached("webhook.after-answer");
            if (attempt != null) {
                Await.within(note(due, attempt), DATABASE_BOUND);
                meters.counter(
                                "darvoza.webhook.tries",
                                "meaning",
                                attempt.meaning().name().toLowerCase(Locale.ROOT))
                        .increment();
            }
        } catch (RuntimeException fault) {
            log.warn("what became of callback {} was not noted, it will be repeated: {}", due.id(), fault.toString());
        } finally {
            places.release();
            pokes.poke();
        }
    }

    private Mono<Void> note(Due due, Attempt attempt) {
        return switch (attempt.meaning()) {
            case TAKEN -> queue.delivered(due, attempt);
            case GONE -> disable(due, attempt, "gone");
            case PASSING, WRONG ->
                queue.hasFailedFor(due, properties.disableAfter())
                        .flatMap(tooLong -> tooLong ? disable(due, attempt, "failing") : again(due, attempt));
        };
    }

    private Mono<Void> again(Due due, Attempt attempt) {
        double chance = ThreadLocalRandom.current().nextDouble();
        return schedule.pauseAfter(due.attempts(), attempt, chance)
                .map(pause -> queue.postponed(due, attempt, pause))
                .orElseGet(() -> queue.failed(due, attempt));
    }

    private Mono<Void> disable(Due due, Attempt attempt, String reason) {
        return queue.disabled(due, attempt, reason)
                .filter(first -> first)
                .doOnNext(_ -> {
                    log.warn("webhook endpoint {} is disabled: {}", due.endpointId(), reason);
                    meters.counter("darvoza.webhook.disabled", "reason", reason).increment();
                })
                .then();
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("webhooks").start(this::run);
    }

    /** Waits for the tries under way. */
    @Override
    public void stop() {
        running = false;
        pokes.poke();
        try {
            if (places.tryAcquire(properties.concurrency(), properties.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(properties.concurrency());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the web server, which brings new messages, and before the pools. */
    @Override
    public int getPhase() {
        return 0;
    }
}

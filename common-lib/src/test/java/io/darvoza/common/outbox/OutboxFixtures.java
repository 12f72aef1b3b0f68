package io.darvoza.common.outbox;

import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

final class OutboxFixtures {

    static final Duration BOUND = Duration.ofSeconds(60);

    private OutboxFixtures() {}

    static SuiteEvent event(String subject, long version) {
        return event(subject, version, "{\"number\":%d}".formatted(version));
    }

    static SuiteEvent event(String subject, long version, String json) {
        return new SuiteEvent(
                UUID.randomUUID(),
                "tiny.document.changed.v1",
                "/tiny-service",
                Instant.parse("2026-11-20T10:15:30.123456Z"),
                subject,
                version,
                EventOwner.user("0d9e6c6a-2f0f-4c53-8f43-0c9d8f0a1b2c"),
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                json);
    }

    /** Checks again until it holds. */
    static void eventually(Duration limit, Runnable check) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}

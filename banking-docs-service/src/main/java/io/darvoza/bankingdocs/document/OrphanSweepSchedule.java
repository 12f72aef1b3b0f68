package io.darvoza.bankingdocs.document;

import io.darvoza.common.reactive.Await;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Sweeps now and then, on one instance at a time. */
@Component
@EnableScheduling
final class OrphanSweepSchedule {

    private static final Logger log = LoggerFactory.getLogger(OrphanSweepSchedule.class);
    private static final Duration BOUND = Duration.ofMinutes(10);

    private final OrphanSweep sweep;
    private final SweepLock lock;

    OrphanSweepSchedule(OrphanSweep sweep, SweepLock lock) {
        this.sweep = sweep;
        this.lock = lock;
    }

    @Scheduled(
            initialDelayString = "${darvoza.banking-docs.documents.sweep-every:10m}",
            fixedDelayString = "${darvoza.banking-docs.documents.sweep-every:10m}")
    void run() {
        try {
            Await.within(lock.holding(sweep.sweep()).then(), BOUND);
        } catch (RuntimeException fault) {
            log.warn("The sweep for objects without a document failed and comes again: {}", fault.toString());
        }
    }
}

package io.darvoza.payments.vault;

import io.darvoza.common.reactive.Await;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes card numbers whose time has come. Instances share the work: each takes rows that no other one has. */
@Component
@EnableScheduling
class PanPurgeSchedule {

    private static final Logger log = LoggerFactory.getLogger(PanPurgeSchedule.class);
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int BATCH = 500;

    private final R2dbcPanVault vault;

    PanPurgeSchedule(R2dbcPanVault vault) {
        this.vault = vault;
    }

    @Scheduled(
            initialDelayString = "${darvoza.payments.vault.purge-every:10m}",
            fixedDelayString = "${darvoza.payments.vault.purge-every:10m}")
    void run() {
        try {
            Long purged = Await.within(vault.purge(BATCH), BOUND);
            while (purged != null && purged == BATCH) {
                purged = Await.within(vault.purge(BATCH), BOUND);
            }
        } catch (RuntimeException fault) {
            log.warn("Card numbers were not purged, the next round tries again: {}", fault.toString());
        }
    }
}

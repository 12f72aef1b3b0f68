package io.darvoza.payments.ledger;

import io.darvoza.common.reactive.Await;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Checks the ledger and adds up the commission, now and then and on every instance: neither minds the other.
 *
 * <p>{@code payments_ledger_imbalance} is how many violations the last checks found, that of what is new and that of the whole,
 * and -1 until one was made.
 */
@Component
@EnableScheduling
class LedgerJobs {

    private static final Logger log = LoggerFactory.getLogger(LedgerJobs.class);
    private static final Duration BOUND = Duration.ofMinutes(15);

    private final LedgerCheck check;
    private final DatabaseClient database;
    private final LedgerProperties properties;
    private final AtomicLong recent = new AtomicLong(-1);
    private final AtomicLong whole = new AtomicLong();

    LedgerJobs(LedgerCheck check, DatabaseClient database, LedgerProperties properties, MeterRegistry meters) {
        this.check = check;
        this.database = database;
        this.properties = properties;
        Gauge.builder("payments.ledger.imbalance", () -> recent.get() < 0 ? recent.get() : recent.get() + whole.get())
                .description("violations of the ledger's invariants")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "${darvoza.payments.ledger.check-every:1m}")
    void check() {
        run(check.recent(), recent);
    }

    @Scheduled(
            initialDelayString = "${darvoza.payments.ledger.check-all-every:24h}",
            fixedDelayString = "${darvoza.payments.ledger.check-all-every:24h}")
    void checkAll() {
        run(check.whole(), whole);
    }

    private static void run(Mono<LedgerCheck.Result> check, AtomicLong violations) {
        try {
            LedgerCheck.Result result = Await.within(check, BOUND);
            if (result != null) {
                violations.set(result.violations());
                tell(result);
            }
        } catch (RuntimeException fault) {
            log.warn("The ledger could not be checked: {}", fault.toString());
        }
    }

    @Scheduled(fixedDelayString = "${darvoza.payments.ledger.roll-up-every:1s}")
    void rollUp() {
        try {
            Await.within(
                    database.sql("select ledger_roll_up(:batch)")
                            .bind("batch", properties.rollUpBatch())
                            .then(),
                    BOUND);
        } catch (RuntimeException fault) {
            log.warn("The commission waits to be added up: {}", fault.toString());
        }
    }

    private static void tell(LedgerCheck.Result result) {
        result.findings().stream()
                .filter(finding -> finding.violations() > 0)
                .forEach(finding -> log.error(
                        "The ledger is broken: {} ({}) is violated {} times",
                        finding.code(),
                        finding.rule(),
                        finding.violations()));
    }
}

package io.darvoza.payments.audit;

import io.darvoza.common.reactive.Await;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lengthens the hash chain and looks whether it is right, on every instance.
 *
 * <p>{@code payments_audit_chain_broken} is 0 while it is, 1 when it is not, and -1 before the first look.
 */
@Component
@EnableScheduling
class AuditChainJobs {

    private static final Logger log = LoggerFactory.getLogger(AuditChainJobs.class);
    private static final Duration BOUND = Duration.ofMinutes(15);

    private final AuditChain chain;
    private final AtomicLong newlyBroken = new AtomicLong(-1);
    private final AtomicLong everBroken = new AtomicLong();

    AuditChainJobs(AuditChain chain, MeterRegistry meters) {
        this.chain = chain;
        Gauge.builder("payments.audit.chain.broken", () -> Math.max(newlyBroken.get(), everBroken.get()))
                .description("whether the hash chain over audit and ledger is broken")
                .register(meters);
    }

    @Scheduled(fixedDelayString = "${darvoza.payments.audit.chain-every:1s}")
    void append() {
        try {
            Await.within(chain.append().then(), BOUND);
        } catch (RuntimeException fault) {
            log.warn("The hash chain waits: {}", fault.toString());
        }
    }

    /** What is new, every now and then. */
    @Scheduled(
            initialDelayString = "${darvoza.payments.audit.check-every:1m}",
            fixedDelayString = "${darvoza.payments.audit.check-every:1m}")
    void checkNew() {
        try {
            tell(newlyBroken, Await.within(chain.checkNew(), BOUND));
        } catch (RuntimeException fault) {
            log.warn("The hash chain could not be checked: {}", fault.toString());
        }
    }

    /** All of it, seldom; its end goes to the log, which is kept elsewhere. */
    @Scheduled(
            initialDelayString = "${darvoza.payments.audit.check-all-every:24h}",
            fixedDelayString = "${darvoza.payments.audit.check-all-every:24h}")
    void checkAll() {
        try {
            tell(everBroken, Await.within(chain.check(1, Long.MAX_VALUE - 1), BOUND));
            Long outside = Await.within(chain.outside(), BOUND);
            if (outside != null && outside != 0) {
                everBroken.set(1);
                log.error("{} rows of audit and ledger are outside of the hash chain", outside);
            }
            AuditChain.Head head = Await.within(chain.head(), BOUND);
            if (head != null) {
                log.info("The hash chain ends at {} with {}", head.position(), head.hash());
            }
        } catch (RuntimeException fault) {
            log.warn("The whole hash chain could not be checked: {}", fault.toString());
        }
    }

    private static void tell(AtomicLong broken, AuditChain.@Nullable Finding found) {
        if (found != null) {
            broken.set(found.whole() ? 0 : 1);
            if (!found.whole()) {
                log.error("The hash chain over audit and ledger is broken at {}", found.firstWrong());
            }
        }
    }
}

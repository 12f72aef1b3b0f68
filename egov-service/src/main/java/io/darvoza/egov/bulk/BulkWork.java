package io.darvoza.egov.bulk;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.reactive.Failpoint;
import io.darvoza.common.reactive.Rounds;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.VerificationStatus;
import io.darvoza.egov.verification.Asker;
import io.darvoza.egov.verification.Channel;
import io.darvoza.egov.verification.Verification;
import io.darvoza.egov.verification.VerifyNumber;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Works on items that are due, on every instance. An item ends in the transaction that writes its verification, so that one is never
 * there without the other; an instance that dies leaves its items to the others when their leases end.
 */
@Component
@ConditionalOnBooleanProperty(name = "darvoza.egov.background", matchIfMissing = true)
class BulkWork extends Rounds {

    private static final Logger log = LoggerFactory.getLogger(BulkWork.class);

    private final JobTable jobs;
    private final VerifyNumber verify;
    private final BulkProperties properties;

    BulkWork(JobTable jobs, VerifyNumber verify, BulkProperties properties) {
        super("egov-bulk", properties.poll());
        this.jobs = jobs;
        this.verify = verify;
        this.properties = properties;
    }

    /** After items there may be more at once. */
    @Override
    protected Duration round() {
        try {
            List<JobTable.Claimed> claimed =
                    Await.within(jobs.claim(properties.concurrency(), properties.lease()), properties.lease());
            if (claimed == null || claimed.isEmpty()) {
                return properties.poll();
            }
            Await.within(
                    Flux.fromIterable(claimed)
                            .flatMap(this::work, properties.concurrency())
                            .then(),
                    properties.lease().plus(properties.lease()));
            return Duration.ZERO;
        } catch (RuntimeException fault) {
            log.warn("items of bulk jobs were left to a later look: {}", fault.toString());
            return properties.poll();
        }
    }

    private Mono<Void> work(JobTable.Claimed item) {
        Failpoint.reached("egov.bulk.after-claim");
        DocumentNumber number = Numbers.parse(item.type(), item.number()).orElseThrow();
        var asker = new Asker(item.principal(), Channel.BULK, item.traceId());
        return verify.attempt(
                        number, asker, Purpose.BULK, done -> end(item, done), item.attempts() >= properties.tries())
                .flatMap(attempt -> switch (attempt) {
                    case VerifyNumber.Attempt.Done _ -> jobs.endJob(item.jobId());
                    case VerifyNumber.Attempt.Undecided undecided ->
                        jobs.later(item, pause(undecided), !undecided.reason().asksToWait());
                })
                .onErrorResume(fault -> {
                    log.warn("{} is tried again when its lease has ended: {}", item, fault.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> end(JobTable.Claimed item, Verification done) {
        Reason reason = done.verdict().reason();
        VerificationStatus status = done.verdict().status();
        return jobs.end(item, done.id(), status.word(), reason == null ? null : reason.name())
                .doOnSuccess(_ -> Failpoint.reached("egov.bulk.before-commit"));
    }

    private Duration pause(VerifyNumber.Attempt.Undecided undecided) {
        return undecided.retryAfter() == null ? properties.laterPause() : undecided.retryAfter();
    }
}

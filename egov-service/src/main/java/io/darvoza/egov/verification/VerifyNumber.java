package io.darvoza.egov.verification;

import io.darvoza.common.database.Write;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.outbox.Outbox;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.egov.apilog.ApiLog;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.provider.Inquiry;
import io.darvoza.egov.provider.LocalProvider;
import io.darvoza.egov.provider.Providers;
import io.darvoza.egov.provider.Purpose;
import io.darvoza.egov.provider.model.Reason;
import io.darvoza.egov.provider.model.Verdict;
import io.darvoza.egov.provider.model.VerificationStatus;
import io.darvoza.egov.setting.CurrentSettings;
import io.darvoza.egov.setting.Settings;
import io.darvoza.egov.verdictcache.Verdicts;
import io.darvoza.egov.verdictcache.Verdicts.Told;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Verifies a number: its digits first, then what is remembered, then the provider. Whatever comes of it is a row of its own and an
 * event, in one transaction, also when the caller does not wait for it. A number whose digits are wrong reaches nobody else.
 */
@Service
public final class VerifyNumber {

    private final CurrentSettings settings;
    private final LocalProvider local;
    private final Providers providers;
    private final Verdicts verdicts;
    private final VerificationTable table;
    private final ApiLog log;
    private final DatabaseClient database;
    private final Outbox outbox;
    private final SuiteEvents events;
    private final TransactionalOperator transaction;
    private final Detached detached;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final MeterRegistry meters;

    VerifyNumber(
            CurrentSettings settings,
            LocalProvider local,
            Providers providers,
            Verdicts verdicts,
            VerificationTable table,
            ApiLog log,
            DatabaseClient database,
            Outbox outbox,
            SuiteEvents events,
            TransactionalOperator transaction,
            Detached detached,
            TimeOrderedIds ids,
            Clock clock,
            MeterRegistry meters) {
        this.settings = settings;
        this.local = local;
        this.providers = providers;
        this.verdicts = verdicts;
        this.table = table;
        this.log = log;
        this.database = database;
        this.outbox = outbox;
        this.events = events;
        this.transaction = transaction;
        this.detached = detached;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    /** The verification with its verdict, which may be that nobody could tell. */
    public Mono<Verification> verify(DocumentNumber number, Asker asker, Purpose purpose) {
        return detached.run(
                "egov.verify", told(number, purpose).flatMap(told -> keep(number, asker, told, _ -> Mono.empty())));
    }

    /** How an attempt ended that may be repeated later. */
    public sealed interface Attempt {

        /** The verification is kept. */
        record Done(Verification verification) implements Attempt {}

        /** Nobody could tell, and nothing is kept. */
        record Undecided(Reason reason, @Nullable Duration retryAfter) implements Attempt {}
    }

    /**
     * The same for who can wait: a verdict that another try may better is not kept, unless it is the last try.
     *
     * @param alongside what is written in the same transaction
     */
    public Mono<Attempt> attempt(
            DocumentNumber number,
            Asker asker,
            Purpose purpose,
            Function<Verification, Mono<Void>> alongside,
            boolean isLast) {
        return told(number, purpose).flatMap(told -> {
            Reason reason = told.verdict().reason();
            boolean mayBetter = told.verdict().status() == VerificationStatus.FAILED;
            return reason != null && mayBetter && (reason.asksToWait() || !isLast)
                    ? Mono.<Attempt>just(
                            new Attempt.Undecided(reason, told.verdict().retryAfter()))
                    : keep(number, asker, told, alongside).<Attempt>map(Attempt.Done::new);
        });
    }

    private Mono<Told> told(DocumentNumber number, Purpose purpose) {
        Optional<Verdict> refusal = local.refuse(number);
        return refusal.isPresent()
                ? Mono.just(ofUs(refusal.get()))
                : settings.now().flatMap(now -> asked(number, purpose, now));
    }

    private Mono<Told> asked(DocumentNumber number, Purpose purpose, Settings now) {
        if (!now.broken().isEmpty()) {
            return undecided(VerificationStatus.FAILED, Reason.CONFIG_ERROR);
        }
        if (!now.isEnabled()) {
            return undecided(VerificationStatus.FAILED, Reason.DISABLED);
        }
        Optional<Providers.Chosen> chosen = providers.forType(number.type(), now);
        return chosen.isEmpty()
                ? undecided(VerificationStatus.PENDING, Reason.NO_PROVIDER)
                : verdicts.of(Inquiry.of(number, purpose, now), chosen.get());
    }

    private Mono<Told> undecided(VerificationStatus status, Reason reason) {
        return Mono.just(ofUs(local.undecided(status, reason)));
    }

    private static Told ofUs(Verdict verdict) {
        return new Told(verdict, false, false);
    }

    private Mono<Verification> keep(
            DocumentNumber number, Asker asker, Told told, Function<Verification, Mono<Void>> alongside) {
        var verification = new Verification(
                ids.next(),
                number.type(),
                number.toString(),
                told.verdict(),
                told.fromCache(),
                told.stale(),
                asker,
                clock.instant());
        count(verification);
        return written(verification, number)
                .then(Mono.defer(() -> alongside.apply(verification)))
                .as(transaction::transactional)
                .thenReturn(verification);
    }

    private Mono<Void> written(Verification verification, DocumentNumber number) {
        return Mono.deferContextual(reactor -> {
            String id = verification.id().toString();
            SuiteEvent completed = events.of(
                    VerificationCompletedV1.TYPE,
                    id,
                    1,
                    verification.asker().owner(),
                    VerificationCompletedV1.from(verification));
            return Write.together(
                    database,
                    List.of(
                            table.row(verification, log.indexOf(number)),
                            outbox.event(
                                    VerificationCompletedV1.TOPIC,
                                    id,
                                    completed.within(RequestTrace.parent(reactor)))));
        });
    }

    private void count(Verification verification) {
        meters.counter(
                        "darvoza.egov.verifications",
                        "type",
                        verification.type().word(),
                        "status",
                        verification.verdict().status().word(),
                        "cache",
                        verification.stale() ? "stale" : verification.fromCache() ? "hit" : "miss")
                .increment();
    }
}

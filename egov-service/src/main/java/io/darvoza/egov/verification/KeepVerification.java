package io.darvoza.egov.verification;

import io.darvoza.common.database.GroupCommit;
import io.darvoza.common.database.Insert;
import io.darvoza.common.database.Write;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.event.SuiteEvents;
import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.outbox.Outbox;
import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.egov.apilog.ApiLog;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.verdictcache.Verdicts.Told;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Makes a verification of what was told, and keeps it with its event. */
@Component
class KeepVerification {

    private final VerificationTable table;
    private final ApiLog log;
    private final GroupCommit group;
    private final DatabaseClient database;
    private final Outbox outbox;
    private final SuiteEvents events;
    private final TransactionalOperator transaction;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final MeterRegistry meters;

    KeepVerification(
            VerificationTable table,
            ApiLog log,
            GroupCommit group,
            DatabaseClient database,
            Outbox outbox,
            SuiteEvents events,
            TransactionalOperator transaction,
            TimeOrderedIds ids,
            Clock clock,
            MeterRegistry meters) {
        this.table = table;
        this.log = log;
        this.group = group;
        this.database = database;
        this.outbox = outbox;
        this.events = events;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    /** Those of many callers share a transaction. */
    Mono<Verification> withOthers(
            DocumentNumber number, Asker asker, Told told, Function<Verification, List<Insert.Row>> alongside) {
        return Mono.deferContextual(reactor -> {
            Verification verification = verification(number, asker, told);
            List<Insert.Row> rows = new ArrayList<>(alongside.apply(verification));
            rows.add(table.row(verification, log.indexOf(number)));
            rows.add(outbox.row(
                    VerificationCompletedV1.TOPIC, verification.id().toString(), completed(verification, reactor)));
            return group.write(rows).thenReturn(verification);
        });
    }

    /** In a transaction of its own, and what follows from it too. */
    Mono<Verification> alone(
            DocumentNumber number, Asker asker, Told told, Function<Verification, Mono<Void>> alongside) {
        return Mono.deferContextual(reactor -> {
            Verification verification = verification(number, asker, told);
            String id = verification.id().toString();
            return Write.together(
                            database,
                            List.of(
                                    table.row(verification, log.indexOf(number)).write(),
                                    outbox.event(VerificationCompletedV1.TOPIC, id, completed(verification, reactor))))
                    .then(Mono.defer(() -> alongside.apply(verification)))
                    .as(transaction::transactional)
                    .thenReturn(verification);
        });
    }

    private Verification verification(DocumentNumber number, Asker asker, Told told) {
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
        return verification;
    }

    private SuiteEvent completed(Verification verification, ContextView reactor) {
        return events.of(
                        VerificationCompletedV1.TYPE,
                        verification.id().toString(),
                        1,
                        verification.asker().owner(),
                        VerificationCompletedV1.from(verification))
                .within(RequestTrace.parent(reactor));
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

package io.darvoza.payments.order;

import io.darvoza.common.security.AllowedTo;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How the payment desk is doing: what waits now, and the last 24 hours. */
@RestController
@Tag(name = "Оператор")
class StatsController {

    private static final Duration PERIOD = Duration.ofHours(24);

    private final DatabaseClient database;
    private final Clock clock;

    StatsController(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Schema(name = "OpsStats")
    record StatsResponse(OpenItem open, DecidedItem last24h, List<HourItem> hours, Instant serverTime) {}

    /** What is not over. */
    @Schema(name = "OpenOrders")
    record OpenItem(
            long waitingForPayer,
            long queued,
            long claimed,
            long awaitingSecondApproval,
            long onHold,
            long escalated,
            @Nullable Instant oldestQueuedAt) {}

    /** What ended; times run from the payer's confirmation to the decision. */
    @Schema(name = "DecidedOrders")
    record DecidedItem(
            long approved,
            long failed,
            long rejected,
            long expired,
            long cancelled,
            @Nullable Double medianDecisionSeconds,
            @Nullable Double p95DecisionSeconds) {}

    @Schema(name = "DecidedPerHour")
    record HourItem(Instant hour, long approved, long failed, long rejected) {}

    @GetMapping("/v1/payments/ops/stats")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
    @Operation(operationId = "opsStats", summary = "What waits now, and the last 24 hours")
    Mono<StatsResponse> stats() {
        Instant now = clock.instant();
        Instant since = now.minus(PERIOD);
        return Mono.zip(open(), decided(since), hours(since))
                .map(found -> new StatsResponse(found.getT1(), found.getT2(), found.getT3(), now));
    }

    private Mono<OpenItem> open() {
        return database.sql("""
                        select count(*) filter (where status = 'new') as waiting,
                               count(*) filter (where sub_status = 'queued') queued,
                               count(*) filter (where assigned_to is not null) claimed,
                               count(*) filter (where sub_status = 'awaiting_second_approval') as awaiting,
                               count(*) filter (where sub_status = 'on_hold') held,
                               count(*) filter (where escalated_at is not null) escalated,
                               min(processing_at) filter (where sub_status = 'queued') oldest
                        from payment_order where status in ('new', 'processing')
                        """)
                .map(row -> new OpenItem(
                        number(row, "waiting"),
                        number(row, "queued"),
                        number(row, "claimed"),
                        number(row, "awaiting"),
                        number(row, "held"),
                        number(row, "escalated"),
                        row.get("oldest", Instant.class)))
                .one();
    }

    private Mono<DecidedItem> decided(Instant since) {
        return database.sql("""
                        select count(*) filter (where status = 'approved') approved,
                               count(*) filter (where status = 'failed') failed,
                               count(*) filter (where status = 'rejected') rejected,
                               count(*) filter (where status = 'expired') expired,
                               count(*) filter (where status = 'cancelled') cancelled,
                               percentile_cont(0.5) within group (order by extract(epoch from performed_at - processing_at))
                                   median,
                               percentile_cont(0.95) within group (order by extract(epoch from performed_at - processing_at))
                                   p95
                        from payment_order where performed and performed_at >= :since
                        """)
                .bind("since", since)
                .map(row -> new DecidedItem(
                        number(row, "approved"),
                        number(row, "failed"),
                        number(row, "rejected"),
                        number(row, "expired"),
                        number(row, "cancelled"),
                        row.get("median", Double.class),
                        row.get("p95", Double.class)))
                .one();
    }

    private Mono<List<HourItem>> hours(Instant since) {
        return database.sql("""
                        select date_trunc('hour', performed_at) as began,
                               count(*) filter (where status = 'approved') approved,
                               count(*) filter (where status = 'failed') failed,
                               count(*) filter (where status = 'rejected') rejected
                        from payment_order where performed and performed_at >= :since
                        group by 1 order by 1
                        """)
                .bind("since", since)
                .map(row -> new HourItem(
                        Objects.requireNonNull(row.get("began", Instant.class)),
                        number(row, "approved"),
                        number(row, "failed"),
                        number(row, "rejected")))
                .all()
                .collectList();
    }

    private static long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }
}

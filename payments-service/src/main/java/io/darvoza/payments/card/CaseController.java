package io.darvoza.payments.card;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.audit.AuditLog;
import io.darvoza.payments.card.model.CardStatus;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Compliance cases: why a card was stopped, and what came of it. */
@RestController
@Tag(name = "Administration: compliance")
class CaseController {

    private static final int MAX_RESOLUTION = 2000;

    private final DatabaseClient database;
    private final KeysetCursors cursors;
    private final CardStatuses statuses;
    private final AuditLog audit;
    private final TransactionalOperator transaction;
    private final JsonMapper json;
    private final Clock clock;

    CaseController(
            DatabaseClient database,
            KeysetCursors cursors,
            CardStatuses statuses,
            AuditLog audit,
            TransactionalOperator transaction,
            JsonMapper json,
            Clock clock) {
        this.database = database;
        this.cursors = cursors;
        this.statuses = statuses;
        this.audit = audit;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /** What compliance found out; the card of a released case is paused, and works again when somebody says so. */
    @Schema(name = "CaseResolution")
    record CloseRequest(@Nullable String resolution) {}

    /** A case. */
    @Schema(name = "ComplianceCase")
    record CaseResponse(
            UUID id,
            @Nullable UUID cardId,
            String indicator,
            Map<String, Object> details,
            String status,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable String closedBy,
            @Nullable String resolution,
            long version) {}

    /** Cases, newest first. */
    @Schema(name = "ComplianceCases")
    record CasesResponse(List<CaseResponse> cases, @Nullable String nextCursor) {}

    @GetMapping("/v1/payments/admin/cases")
    @AllowedTo({"payments_compliance", "payments_admin", "auditor"})
    @Operation(operationId = "listCases", summary = "Compliance cases, newest first")
    Mono<CasesResponse> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest request = PageRequest.of(limit, cursor);
        KeysetCursor at = cursors.forQuery("payments.admin.cases");
        return Mono.fromSupplier(() -> at.read(cursor))
                .flatMap(position -> rows(position, request.rowsToRead()))
                .map(rows -> Page.of(request, rows, last -> at.after(last.openedAt(), last.id())))
                .map(page -> new CasesResponse(page.items(), page.nextCursor()));
    }

    private Mono<List<CaseResponse>> rows(List<String> position, int rows) {
        String beyond = position.isEmpty() ? "" : " where (opened_at, id) < (:at, :id)";
        DatabaseClient.GenericExecuteSpec select = database.sql(
                "select * from compliance_case" + beyond + " order by opened_at desc, id desc limit " + rows);
        return (position.isEmpty()
                        ? select
                        : select.bind("at", Instant.parse(position.get(0)))
                                .bind("id", UUID.fromString(position.get(1))))
                .map(this::found)
                .all()
                .collectList();
    }

    @PostMapping("/v1/payments/admin/cases/{id}/close")
    @AllowedTo("payments_compliance")
    @Operation(
            operationId = "closeCase",
            summary = "Close a case; when it was the card's last one, the card goes from hold to paused")
    Mono<CaseResponse> close(@PathVariable UUID id, @RequestBody CloseRequest request, Caller caller) {
        String actor = caller.principalKey();
        return one(id).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(before -> {
                    RequestCheck check = new RequestCheck();
                    String resolution = check.text("/resolution", request.resolution(), MAX_RESOLUTION);
                    check.done();
                    return closed(id, resolution, actor)
                            .switchIfEmpty(Mono.error(PaymentsProblem.STATE_CONFLICT::exception))
                            .flatMap(after -> release(after, actor)
                                    .then(audit.write(actor, "case_closed", "case", id.toString(), before, after, null))
                                    .thenReturn(after));
                })
                .as(transaction::transactional);
    }

    private Mono<CaseResponse> one(UUID id) {
        return database.sql("select * from compliance_case where id = :id")
                .bind("id", id)
                .map(this::found)
                .one();
    }

    /** Empty when it is closed already. */
    private Mono<CaseResponse> closed(UUID id, String resolution, String actor) {
        return database.sql("""
                        update compliance_case set status = 'closed', closed_at = :now, closed_by = :actor,
                            resolution = :resolution, row_version = row_version + 1
                        where id = :id and status = 'open' returning *
                        """)
                .bind("id", id)
                .bind("now", clock.instant())
                .bind("actor", actor)
                .bind("resolution", resolution)
                .map(this::found)
                .one();
    }

    private Mono<Void> release(CaseResponse closed, String actor) {
        UUID card = closed.cardId();
        if (card == null) {
            return Mono.empty();
        }
        var move = new CardStatuses.Move(card, CardStatus.COMPLIANCE_HOLD, CardStatus.PAUSED, "case closed", actor);
        return database.sql("select exists (select from compliance_case where card_id = :card and status = 'open')")
                .bind("card", card)
                .mapValue(Boolean.class)
                .one()
                .flatMap(others -> others ? Mono.empty() : statuses.move(move).then());
    }

    private CaseResponse found(Readable row) {
        return new CaseResponse(
                value(row, "id", UUID.class),
                row.get("card_id", UUID.class),
                value(row, "indicator", String.class),
                json.readerForMapOf(Object.class).readValue(value(row, "details", String.class)),
                value(row, "status", String.class),
                value(row, "opened_at", Instant.class),
                row.get("closed_at", Instant.class),
                row.get("closed_by", String.class),
                row.get("resolution", String.class),
                value(row, "row_version", Long.class));
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}

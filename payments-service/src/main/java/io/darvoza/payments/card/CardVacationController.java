package io.darvoza.payments.card;

import io.darvoza.common.id.TimeOrderedIds;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.audit.AuditLog;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Planned pauses of cards. One that begins stops new orders; open ones go on to their end. */
@RestController
@Tag(name = "Administration: cards")
class CardVacationController {

    private static final int MAX_REASON = 500;
    private static final int MAX_ROWS = 200;

    private final DatabaseClient database;
    private final AuditLog audit;
    private final TransactionalOperator transaction;
    private final TimeOrderedIds ids;
    private final Clock clock;

    CardVacationController(
            DatabaseClient database,
            AuditLog audit,
            TransactionalOperator transaction,
            TimeOrderedIds ids,
            Clock clock) {
        this.database = database;
        this.audit = audit;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
    }

    /** A vacation to be. */
    @Schema(name = "NewCardVacation")
    record VacationRequest(
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable String reason) {}

    /**
     * A planned pause.
     *
     * @param zone the card's, in which people planned it
     */
    @Schema(name = "CardVacation")
    record VacationResponse(
            UUID id,
            Instant startsAt,
            Instant endsAt,
            String zone,
            String reason,
            @Nullable Instant cancelledAt) {

        private static VacationResponse from(Readable row) {
            return new VacationResponse(
                    value(row, "id", UUID.class),
                    value(row, "starts_at", Instant.class),
                    value(row, "ends_at", Instant.class),
                    value(row, "zone", String.class),
                    value(row, "reason", String.class),
                    row.get("cancelled_at", Instant.class));
        }

        private static <T> T value(Readable row, String column, Class<T> type) {
            return Objects.requireNonNull(row.get(column, type));
        }
    }

    /** Vacations, newest first. */
    @Schema(name = "CardVacations")
    record VacationsResponse(List<VacationResponse> vacations) {}

    @GetMapping("/v1/payments/admin/cards/{id}/vacations")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "payments_operator", "auditor"})
    @Operation(operationId = "listCardVacations", summary = "The latest 200 vacations of a card, newest first")
    Mono<VacationsResponse> list(@PathVariable UUID id) {
        Mono<VacationsResponse> vacations = database.sql(
                        "select * from card_vacation where card_id = :card order by starts_at desc limit " + MAX_ROWS)
                .bind("card", id)
                .map(VacationResponse::from)
                .all()
                .collectList()
                .map(VacationsResponse::new);
        return zoneOf(id).then(vacations);
    }

    @PostMapping("/v1/payments/admin/cards/{id}/vacations")
    @AllowedTo({"payments_admin", "payments_supervisor"})
    @Operation(
            operationId = "planCardVacation",
            summary = "Plan a pause of a card",
            responses = @ApiResponse(responseCode = "201", description = "The vacation"))
    Mono<ResponseEntity<VacationResponse>> plan(
            @PathVariable UUID id, @RequestBody VacationRequest request, Caller caller) {
        RequestCheck check = new RequestCheck();
        String reason = check.text("/reason", request.reason(), MAX_REASON);
        Instant starts = request.startsAt();
        Instant ends = request.endsAt();
        check.require(starts != null, "/starts_at", "is required");
        check.require(
                starts != null && ends != null && ends.isAfter(starts) && ends.isAfter(clock.instant()),
                "/ends_at",
                "after starts_at, and in the future");
        return zoneOf(id)
                .doOnNext(_ -> check.done())
                .flatMap(zone -> insert(
                        id,
                        new VacationResponse(
                                ids.next(),
                                Objects.requireNonNull(starts),
                                Objects.requireNonNull(ends),
                                zone,
                                reason,
                                null),
                        caller.principalKey()))
                .as(transaction::transactional)
                .map(planned -> ResponseEntity.created(
                                URI.create("/v1/payments/admin/cards/%s/vacations/%s".formatted(id, planned.id())))
                        .body(planned));
    }

    private Mono<VacationResponse> insert(UUID card, VacationResponse planned, String actor) {
        return database.sql("""
                        insert into card_vacation (id, card_id, starts_at, ends_at, zone, reason, created_by)
                        values (:id, :card, :starts, :ends, :zone, :reason, :actor)
                        """)
                .bind("id", planned.id())
                .bind("card", card)
                .bind("starts", planned.startsAt())
                .bind("ends", planned.endsAt())
                .bind("zone", planned.zone())
                .bind("reason", planned.reason())
                .bind("actor", actor)
                .then()
                .then(audit.write(actor, "card_vacation_planned", "card", card.toString(), null, planned, null))
                .thenReturn(planned);
    }

    @DeleteMapping("/v1/payments/admin/cards/{id}/vacations/{vacation}")
    @AllowedTo({"payments_admin", "payments_supervisor"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "cancelCardVacation",
            summary = "Cancel a vacation, or end one that has begun",
            responses = @ApiResponse(responseCode = "204", description = "It counts no more"))
    Mono<Void> cancel(@PathVariable UUID id, @PathVariable UUID vacation, Caller caller) {
        return database.sql("""
                        update card_vacation set cancelled_at = :now
                        where id = :id and card_id = :card and cancelled_at is null returning *
                        """)
                .bind("now", clock.instant())
                .bind("id", vacation)
                .bind("card", id)
                .map(VacationResponse::from)
                .one()
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .flatMap(gone -> audit.write(
                        caller.principalKey(), "card_vacation_cancelled", "card", id.toString(), null, gone, null))
                .as(transaction::transactional);
    }

    private Mono<String> zoneOf(UUID card) {
        return database.sql("select zone from card where id = :card")
                .bind("card", card)
                .mapValue(String.class)
                .one()
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}

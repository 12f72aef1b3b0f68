package io.darvoza.payments.order;

import io.darvoza.common.cursor.KeysetCursor;
import io.darvoza.common.cursor.KeysetCursors;
import io.darvoza.common.cursor.Page;
import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.StatementLine;
import io.darvoza.payments.ledger.StatementRange;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.Partners;
import io.darvoza.payments.signature.CallingPartner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A partner's money and what moved it. */
@RestController
@Tag(name = "Партнёр")
@AllowedTo("partner")
class PartnerMoneyController {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration USUAL = Duration.ofDays(30);
    private static final int CSV_BATCH = 500;

    private final CallingPartner calling;
    private final Partners partners;
    private final Ledger ledger;
    private final KeysetCursors cursors;
    private final JsonMapper json;
    private final Clock clock;

    PartnerMoneyController(
            CallingPartner calling,
            Partners partners,
            Ledger ledger,
            KeysetCursors cursors,
            JsonMapper json,
            Clock clock) {
        this.calling = calling;
        this.partners = partners;
        this.ledger = ledger;
        this.cursors = cursors;
        this.json = json;
        this.clock = clock;
    }

    /** What there is, and what of it is reserved. */
    @Schema(name = "Balance")
    record BalanceResponse(
            String available,
            String held,

            @Schema(description = "Owed after a reversal; repaid from the next credit")
            String receivable,

            String currency,
            Instant asOf) {}

    @Schema(name = "Statement")
    record StatementResponse(
            Instant from,
            Instant to,
            String currency,
            List<LineItem> items,
            @Nullable String nextCursor) {}

    /** One movement of the available money. */
    @Schema(name = "StatementLine")
    record LineItem(
            String id,
            Instant at,
            String kind,
            @Nullable UUID orderUid,
            @Nullable String externalId,
            String change,
            String balance) {

        private static LineItem from(StatementLine line, Currency currency) {
            return new LineItem(
                    Long.toString(line.id()),
                    line.at(),
                    line.kind(),
                    line.orderUid(),
                    line.externalId(),
                    Amount.format(line.change(), currency),
                    Amount.format(line.balance(), currency));
        }
    }

    @GetMapping("/v1/payments/balance")
    @Operation(operationId = "balance", summary = "The partner's money now")
    Mono<BalanceResponse> balance() {
        return partner()
                .flatMap(partner -> ledger.balanceOf(partner.id(), partner.currency())
                        .map(balance -> new BalanceResponse(
                                Amount.format(balance.available(), partner.currency()),
                                Amount.format(balance.held(), partner.currency()),
                                Amount.format(balance.receivable(), partner.currency()),
                                partner.currency().name(),
                                clock.instant())));
    }

    @GetMapping("/v1/payments/statement")
    @Operation(
            operationId = "statement",
            summary = "What moved the partner's available money",
            description = "format=csv gives the whole period at once, at most 366 days.")
    @ApiResponse(
            responseCode = "200",
            description = "A page as JSON, or everything as CSV",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = StatementResponse.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    Mono<ResponseEntity<Flux<DataBuffer>>> statement(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Instant until = to == null ? clock.instant() : to;
        Instant since = from == null ? until.minus(USUAL) : from;
        if (!since.isBefore(until) || since.plus(LONGEST).isBefore(until)) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/from", "before \"to\", by at most 366 days");
        }
        return switch (format == null ? "json" : format) {
            case "json" -> partner().flatMap(partner -> page(partner, since, until, PageRequest.of(limit, cursor)));
            case "csv" -> partner().map(partner -> csv(partner, since, until));
            default -> throw CommonProblem.VALIDATION_FAILED.exception().error("/format", "json or csv");
        };
    }

    private Mono<ResponseEntity<Flux<DataBuffer>>> page(
            Partner partner, Instant from, Instant until, PageRequest page) {
        KeysetCursor cursor = cursors.forQuery("partner.statement", partner.id(), from, until);
        List<String> position = cursor.read(page.cursor());
        StatementRange start = StatementRange.first(from, until, page.rowsToRead());
        StatementRange range = position.isEmpty()
                ? start
                : start.after(Instant.parse(position.get(0)), Long.parseLong(position.get(1)));
        return ledger.statement(partner.id(), partner.currency(), range)
                .collectList()
                .map(lines -> Page.of(page, lines, last -> cursor.after(last.at(), last.id())))
                .map(found -> new StatementResponse(
                        from,
                        until,
                        partner.currency().name(),
                        found.items().stream()
                                .map(line -> LineItem.from(line, partner.currency()))
                                .toList(),
                        found.nextCursor()))
                .map(this::json);
    }

    /** Written here, since the other form of the same answer is no object but a stream. */
    private ResponseEntity<Flux<DataBuffer>> json(StatementResponse statement) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(json.writeValueAsBytes(statement))));
    }

    private ResponseEntity<Flux<DataBuffer>> csv(Partner partner, Instant from, Instant until) {
        StatementRange start = StatementRange.first(from, until, CSV_BATCH);
        Flux<List<String>> rows = batch(partner, start)
                .expand(lines -> lines.size() < CSV_BATCH
                        ? Mono.empty()
                        : batch(
                                partner,
                                start.after(
                                        lines.getLast().at(), lines.getLast().id())))
                .concatMapIterable(lines -> lines)
                .map(line -> List.of(
                        line.at().toString(),
                        line.kind(),
                        line.orderUid() == null ? "" : line.orderUid().toString(),
                        line.externalId() == null ? "" : line.externalId(),
                        Amount.format(line.change(), partner.currency()),
                        Amount.format(line.balance(), partner.currency()),
                        partner.currency().name()));
        return Csv.attachment(
                "statement.csv",
                List.of("at", "kind", "order_uid", "external_id", "change", "balance", "currency"),
                rows);
    }

    private Mono<List<StatementLine>> batch(Partner partner, StatementRange range) {
        return ledger.statement(partner.id(), partner.currency(), range).collectList();
    }

    private Mono<Partner> partner() {
        return calling.id().flatMap(partners::find);
    }
}

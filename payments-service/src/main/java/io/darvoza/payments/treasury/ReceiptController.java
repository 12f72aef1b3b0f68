package io.darvoza.payments.treasury;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.idempotency.OptionalIdempotency;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Receipts that no order waits for. */
@RestController
@Tag(name = "Administration: money on cards")
class ReceiptController {

    private static final String PATH = "/v1/payments/admin/receipts";

    private final RecordReceipt record;
    private final R2dbcReceipts receipts;
    private final OptionalIdempotency commands;

    ReceiptController(RecordReceipt record, R2dbcReceipts receipts, OptionalIdempotency commands) {
        this.record = record;
        this.receipts = receipts;
        this.commands = commands;
    }

    /** Money that a bank shows on a card. Its reference is the bank's, and makes that it is booked once. */
    @Schema(name = "NewReceipt")
    record ReceiptRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            UUID cardId,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "1500.00") @Nullable
            String amount,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 64) @Nullable
            String bankReference,

            @Schema(maxLength = 500) @Nullable String comment) {}

    /** Receipts, newest first. */
    @Schema(name = "Receipts")
    record ReceiptsResponse(
            List<ReceiptResponse> receipts, @Nullable String nextCursor) {}

    @PostMapping(PATH)
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_admin"})
    @Operation(
            operationId = "recordReceipt",
            summary = "Money came to a card that no order waits for",
            description = "A deposit that is approved with the same bank reference on the same card takes it.")
    @ApiResponse(
            responseCode = "201",
            description = "Booked",
            content = @Content(schema = @Schema(implementation = ReceiptResponse.class)))
    Mono<ResponseEntity<String>> add(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody ReceiptRequest request,
            Caller caller) {
        return commands.run(
                key,
                caller,
                "receipts.record",
                request,
                record.handle(request, caller.principalKey())
                        .map(receipt -> commands.created(PATH + "/" + receipt.id(), receipt)));
    }

    @GetMapping(PATH)
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_admin", "payments_compliance", "auditor"})
    @Operation(operationId = "listReceipts", summary = "Receipts, newest first")
    Mono<ReceiptsResponse> list(
            @RequestParam(required = false) @Nullable Boolean matched,
            @RequestParam(name = "card_id", required = false) @Nullable UUID card,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return receipts.page(matched, card, PageRequest.of(limit, cursor))
                .map(page -> new ReceiptsResponse(page.items(), page.nextCursor()));
    }

    @GetMapping(PATH + "/{id}")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_admin", "payments_compliance", "auditor"})
    @Operation(operationId = "getReceipt", summary = "One receipt")
    Mono<ReceiptResponse> get(@PathVariable UUID id) {
        return receipts.find(id).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}

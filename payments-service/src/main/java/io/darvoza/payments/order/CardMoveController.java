package io.darvoza.payments.order;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.OptionalIdempotency;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.treasury.BookedMove;
import io.darvoza.payments.treasury.CardMoves;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
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

/** Money from card to card: one person books it, and a bank's fee, which is a correction, takes two. */
@RestController
@Tag(name = "Administration: money on cards")
class CardMoveController {

    private static final String PATH = "/v1/payments/admin/card-moves";
    private static final int MAX_REFERENCE = 64;
    private static final int MAX_COMMENT = 500;

    private final CardMoves moves;
    private final SecondDecision decision;
    private final OptionalIdempotency commands;

    CardMoveController(CardMoves moves, SecondDecision decision, OptionalIdempotency commands) {
        this.moves = moves;
        this.decision = decision;
        this.commands = commands;
    }

    @Schema(name = "NewCardTransfer")
    record CardMoveRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            UUID fromCard,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            UUID toCard,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "50000.00", description = "What arrived")
            @Nullable
            String amount,

            @Schema(example = "30.00", description = "What the bank took from the first card beyond that") @Nullable
            String bankFee,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 64) @Nullable
            String bankReference,

            @Schema(maxLength = 500) @Nullable String comment) {}

    @Schema(name = "CardTransfers")
    record CardMovesResponse(
            List<BookedMove> moves, @Nullable String nextCursor) {}

    @PostMapping(PATH)
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_admin"})
    @Operation(operationId = "moveCardMoney", summary = "Money went from one of our cards to another")
    @ApiResponse(
            responseCode = "201",
            description = "Booked",
            content = @Content(schema = @Schema(implementation = BookedMove.class)))
    @ApiResponse(
            responseCode = "202",
            description = "With a bank's fee: another person confirms it",
            content = @Content(schema = @Schema(implementation = SecondApprovalController.AskedResponse.class)))
    Mono<ResponseEntity<String>> move(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody CardMoveRequest request,
            Caller caller) {
        return commands.run(
                key,
                caller,
                "card-moves.book",
                request,
                moves.currencyOf(request.fromCard(), request.toCard())
                        .map(currency -> checked(currency, request))
                        .flatMap(move -> carryOut(move, caller)));
    }

    private Mono<Answer> carryOut(CardMoves.Move move, Caller caller) {
        return move.bankFeeMinor() == 0
                ? moves.book(move, caller.principalKey(), null)
                        .map(booked -> commands.created(PATH + "/" + booked.id(), booked))
                : decision.askCardMove(move, Actors.staff(caller))
                        .map(id -> commands.accepted(new SecondApprovalController.AskedResponse(id)));
    }

    private static CardMoves.Move checked(Currency currency, CardMoveRequest request) {
        RequestCheck check = new RequestCheck();
        long amount = check.amount("/amount", request.amount(), currency, 1);
        Long fee = check.optionalAmount("/bank_fee", request.bankFee(), currency, 0);
        String reference = check.text("/bank_reference", request.bankReference(), MAX_REFERENCE);
        String comment = request.comment() == null ? null : check.text("/comment", request.comment(), MAX_COMMENT);
        check.done();
        return new CardMoves.Move(
                Objects.requireNonNull(request.fromCard()),
                Objects.requireNonNull(request.toCard()),
                currency.name(),
                amount,
                fee == null ? 0 : fee,
                reference,
                comment);
    }

    @GetMapping(PATH)
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_admin", "payments_compliance", "auditor"})
    @Operation(operationId = "listCardMoves", summary = "Money from card to card, newest first")
    Mono<CardMovesResponse> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return moves.page(PageRequest.of(limit, cursor))
                .map(page -> new CardMovesResponse(page.items(), page.nextCursor()));
    }

    @GetMapping(PATH + "/{id}")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_admin", "payments_compliance", "auditor"})
    @Operation(operationId = "getCardMove", summary = "One move of money from card to card")
    Mono<BookedMove> get(@PathVariable UUID id) {
        return moves.find(id).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}

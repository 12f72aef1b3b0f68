package io.darvoza.payments.card;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.etag.VersionTag;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.common.tracing.RequestTrace;
import io.darvoza.payments.PaymentsProperties;
import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.card.model.CardStatus;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.vault.CardNumber;
import io.darvoza.payments.vault.PanToken;
import io.darvoza.payments.vault.RevealCardNumber;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The platform's cards for staff. */
@RestController
@Tag(name = "Administration: cards")
class CardController {

    private static final int MAX_REASON = 500;

    private final AdministerCards administer;
    private final CardReadModel read;
    private final RevealCardNumber reveal;
    private final DatabaseClient database;
    private final PaymentsProperties properties;

    CardController(
            AdministerCards administer,
            CardReadModel read,
            RevealCardNumber reveal,
            DatabaseClient database,
            PaymentsProperties properties) {
        this.administer = administer;
        this.read = read;
        this.reveal = reveal;
        this.database = database;
        this.properties = properties;
    }

    /** A card to be. Its number is never told again but by the operation that reveals it. */
    @Schema(name = "NewCard")
    record IssueRequest(
            @Schema(example = "2204240000000002") @Nullable String cardNumber,
            @Nullable String currency,
            @Nullable CardRequest terms) {

        @Override
        public String toString() {
            return "IssueRequest[…]";
        }
    }

    /** Where a card is to go, and why. */
    @Schema(name = "CardMove")
    record MoveRequest(
            @Schema(allowableValues = {"active", "paused", "blocked", "compliance_hold"}) @Nullable
            String status,

            @Nullable String reason) {}

    /** Why somebody wants to see a card number. */
    @Schema(name = "RevealReason")
    record RevealRequest(@Nullable String reason) {}

    /** A card number in clear. */
    @Schema(name = "RevealedCardNumber")
    record RevealResponse(String cardNumber) {}

    /** Cards, oldest first. */
    @Schema(name = "Cards")
    record CardsResponse(List<CardResponse> cards, @Nullable String nextCursor) {}

    @GetMapping("/v1/payments/admin/cards")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "payments_operator", "auditor"})
    @Operation(operationId = "listCards", summary = "All cards with their load, oldest first")
    Mono<CardsResponse> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return read.page(PageRequest.of(limit, cursor)).map(page -> new CardsResponse(page.items(), page.nextCursor()));
    }

    @PostMapping("/v1/payments/admin/cards")
    @AllowedTo("payments_admin")
    @Operation(
            operationId = "issueCard",
            summary = "Take a card into service",
            responses = @ApiResponse(responseCode = "201", description = "The card"))
    Mono<ResponseEntity<CardResponse>> issue(@RequestBody IssueRequest request, Caller caller) {
        RequestCheck check = new RequestCheck();
        Optional<CardNumber> number = CardNumber.parse(request.cardNumber() == null ? "" : request.cardNumber());
        String code = request.currency() == null ? "" : request.currency();
        check.require(number.isPresent(), "/card_number", "16 to 19 digits with a right check digit");
        check.require(Currency.of(code).isPresent(), "/currency", Arrays.toString(Currency.values()));
        check.require(request.terms() != null, "/terms", "is required");
        if (request.terms() == null) {
            check.done();
            return Mono.empty();
        }
        Currency currency = Currency.of(code).orElse(Currency.RUB);
        CardTerms terms = request.terms().toTerms(currency, properties.zone(), check);
        return administer
                .issue(number.orElseThrow(), currency, terms, caller.principalKey())
                .flatMap(read::one)
                .map(card -> ResponseEntity.created(URI.create("/v1/payments/admin/cards/" + card.id()))
                        .eTag(VersionTag.of(card.version()))
                        .body(card));
    }

    @GetMapping("/v1/payments/admin/cards/{id}")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance", "payments_operator", "auditor"})
    @Operation(operationId = "getCard", summary = "One card with its load")
    Mono<ResponseEntity<CardResponse>> get(@PathVariable UUID id) {
        return found(id).map(CardController::answer);
    }

    @PutMapping("/v1/payments/admin/cards/{id}")
    @AllowedTo("payments_admin")
    @Operation(operationId = "changeCard", summary = "Set a card's terms and caps; number, currency and direction stay")
    Mono<ResponseEntity<CardResponse>> change(
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody CardRequest request,
            Caller caller) {
        return found(id)
                .flatMap(before -> administer.change(
                        before,
                        request.toTerms(Currency.valueOf(before.currency()), properties.zone(), new RequestCheck()),
                        VersionTag.wanted(ifMatch),
                        caller.principalKey()))
                .map(CardController::answer);
    }

    @PostMapping("/v1/payments/admin/cards/{id}/status")
    @AllowedTo({"payments_admin", "payments_supervisor", "payments_compliance"})
    @Operation(operationId = "moveCard", summary = "Stop a card or let it work again; open orders stay")
    Mono<ResponseEntity<CardResponse>> move(@PathVariable UUID id, @RequestBody MoveRequest request, Caller caller) {
        return found(id)
                .flatMap(before -> {
                    RequestCheck check = new RequestCheck();
                    CardStatus to = check.word("/status", request.status(), CardStatus.class);
                    String reason = check.text("/reason", request.reason(), MAX_REASON);
                    check.done();
                    return administer.move(before, to, reason, caller.principalKey());
                })
                .map(CardController::answer);
    }

    @PostMapping("/v1/payments/admin/cards/{id}/reveal-pan")
    @AllowedTo({"payments_admin", "payments_supervisor"})
    @Operation(operationId = "revealCardNumber", summary = "Show a card's number in clear, for a reason; audited")
    Mono<ResponseEntity<RevealResponse>> reveal(
            @PathVariable UUID id,
            @RequestBody RevealRequest request,
            Caller caller,
            @Parameter(hidden = true) ServerWebExchange exchange) {
        String reason = request.reason() == null ? "" : request.reason();
        return tokenOf(id)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception))
                .map(token -> new RevealCardNumber.Wish(
                        token, caller.principalKey(), reason, "card", id.toString(), RequestTrace.id(exchange)))
                .flatMap(reveal::reveal)
                .map(number -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .body(new RevealResponse(number.reveal())));
    }

    private Mono<PanToken> tokenOf(UUID id) {
        return database.sql("select pan_token from card where id = :id")
                .bind("id", id)
                .mapValue(UUID.class)
                .one()
                .map(PanToken::new);
    }

    private Mono<CardResponse> found(UUID id) {
        return read.one(id).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }

    private static ResponseEntity<CardResponse> answer(CardResponse card) {
        return ResponseEntity.ok().eTag(VersionTag.of(card.version())).body(card);
    }
}

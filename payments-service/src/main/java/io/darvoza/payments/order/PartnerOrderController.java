package io.darvoza.payments.order;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.database.Write;
import io.darvoza.common.idempotency.Answer;
import io.darvoza.common.idempotency.Fingerprint;
import io.darvoza.common.idempotency.Idempotency;
import io.darvoza.common.idempotency.IdempotencyScope;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.reactive.Detached;
import io.darvoza.common.reactive.Failpoint;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.common.security.Ownership;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.order.model.Actor;
import io.darvoza.payments.order.model.Command;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.partner.Partner;
import io.darvoza.payments.partner.Partners;
import io.darvoza.payments.signature.ApiKey;
import io.darvoza.payments.signature.CallingPartner;
import io.darvoza.payments.signature.model.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.DecodingException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes orders from partners' programs and tells what became of them. */
@RestController
@Tag(name = "Партнёр")
@AllowedTo("partner")
class PartnerOrderController {

    private final CallingPartner calling;
    private final Partners partners;
    private final CreateOrder create;
    private final CommandOrder command;
    private final Orders orders;
    private final PartnerOrders list;
    private final OrderAnswers answers;
    private final Idempotency idempotency;
    private final Detached detached;
    private final JsonMapper json;

    PartnerOrderController(
            CallingPartner calling,
            Partners partners,
            CreateOrder create,
            CommandOrder command,
            Orders orders,
            PartnerOrders list,
            OrderAnswers answers,
            Idempotency idempotency,
            Detached detached,
            JsonMapper json) {
        this.calling = calling;
        this.partners = partners;
        this.create = create;
        this.command = command;
        this.orders = orders;
        this.list = list;
        this.answers = answers;
        this.idempotency = idempotency;
        this.detached = detached;
        this.json = json;
    }

    @Schema(name = "OrderList")
    record OrderListResponse(
            List<OrderResponse> items, @Nullable String nextCursor) {}

    @PostMapping(path = "/v1/payments/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "createOrder",
            summary = "Create a deposit or a withdrawal",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = CreateOrderRequest.class))))
    @ApiResponse(
            responseCode = "201",
            description = "Made, or made before under this Idempotency-Key",
            content = @Content(schema = @Schema(implementation = OrderResponse.class)))
    Mono<ResponseEntity<String>> create(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Parameter(hidden = true) @RequestBody byte[] body,
            @Parameter(hidden = true) ServerWebExchange exchange,
            Caller caller) {
        if (key == null) {
            throw PaymentsProblem.IDEMPOTENCY_KEY_MISSING.exception();
        }
        var scope = new IdempotencyScope(caller.principalKey(), "orders.create", key);
        var fingerprint = Fingerprint.of("POST", "/v1/payments/orders", new String(body, StandardCharsets.ISO_8859_1));
        return signer(exchange)
                .flatMap(partner -> {
                    CreateOrderRequest.Checked wish = read(body).check(partner);
                    requireScope(ApiKey.of(exchange), wish.type());
                    Mono<Answer> once = idempotency
                            .onceTogether(
                                    scope, fingerprint, keeping -> made(partner, wish, Actors.partner(caller), keeping))
                            .doOnSuccess(_ -> Failpoint.reached("order.create.after-commit"));
                    return detached.run("orders.create", once)
                            .onErrorResume(
                                    PartnerOrderController::isTaken,
                                    taken -> whose(partner, wish, (ProblemException) taken));
                })
                .flatMap(answers::withCardNumber)
                .map(Answer::toResponse);
    }

    /** The answer is kept in the statement that adds the order. */
    private Mono<Answer> made(
            Partner partner, CreateOrderRequest.Checked wish, Actor actor, Function<Answer, Write> keeping) {
        return create.prepare(partner, wish).flatMap(order -> {
            Answer answer = answers.created(order);
            return create.add(order, actor, List.of(keeping.apply(answer))).thenReturn(answer);
        });
    }

    @GetMapping("/v1/payments/orders")
    @Operation(operationId = "listOrders", summary = "The partner's orders, newest first")
    Mono<OrderListResponse> list(
            @RequestParam(name = "external_id", required = false) @Nullable String externalId,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        requireWord("status", status, OrderStatus::ofWord);
        requireWord("type", type, OrderType::ofWord);
        PageRequest page = PageRequest.of(limit, cursor);
        return partner()
                .flatMap(partner ->
                        list.page(new PartnerOrders.Filter(partner.id(), externalId, status, type, from, to), page))
                .map(found -> new OrderListResponse(
                        found.items().stream().map(answers::told).toList(), found.nextCursor()));
    }

    @GetMapping("/v1/payments/orders/{uid}")
    @Operation(operationId = "getOrder", summary = "One order", description = "ETag is its version.")
    Mono<ResponseEntity<OrderResponse>> one(@PathVariable UUID uid) {
        return own(uid).map(this::answer);
    }

    @PostMapping("/v1/payments/orders/{uid}/cancel")
    @Operation(operationId = "cancelOrder", summary = "Give up an order that is still new")
    Mono<ResponseEntity<OrderResponse>> cancel(@PathVariable UUID uid, Caller caller) {
        return own(uid).flatMap(
                        _ -> command.handle(CommandOrder.Call.of(uid, Actors.partner(caller), new Command.Cancel())))
                .map(this::answer);
    }

    private ResponseEntity<OrderResponse> answer(PaymentOrder order) {
        return ResponseEntity.ok().eTag("\"" + order.state().version() + "\"").body(answers.told(order));
    }

    private Mono<PaymentOrder> own(UUID uid) {
        return partner()
                .flatMap(partner -> orders.withUid(uid)
                        .transform(Ownership.visible(
                                order -> order.terms().partnerId().equals(partner.id()), CommonProblem.NOT_FOUND)));
    }

    private Mono<Partner> partner() {
        return calling.id().flatMap(partners::find);
    }

    /** Who signed is known without asking; whether that partner may still do business is not. */
    private Mono<Partner> signer(ServerWebExchange exchange) {
        ApiKey key = ApiKey.of(exchange);
        return key == null
                ? partner()
                : partners.find(key.partnerId())
                        .filter(Partner::isActive)
                        .switchIfEmpty(Mono.error(PaymentsProblem.PARTNER_NOT_ACTIVE::exception));
    }

    /** A key for pay-ins alone cannot pay out. A person, who has no key, cannot create at all. */
    private static void requireScope(@Nullable ApiKey key, OrderType type) {
        boolean may = key != null && (type == OrderType.DEPOSIT || key.may(Scope.PAYOUT));
        if (!may) {
            throw CommonProblem.FORBIDDEN.exception();
        }
    }

    private static boolean isTaken(Throwable fault) {
        return fault instanceof ProblemException problem && problem.type() == PaymentsProblem.EXTERNAL_ID_TAKEN;
    }

    private Mono<Answer> whose(Partner partner, CreateOrderRequest.Checked wish, ProblemException taken) {
        return list.page(
                        new PartnerOrders.Filter(partner.id(), wish.externalId(), null, null, null, null),
                        PageRequest.of(1, null))
                .flatMap(found -> Mono.error(
                        found.items().isEmpty()
                                ? taken
                                : taken.with(
                                        "uid",
                                        found.items().getFirst().terms().uid().toString())));
    }

    /** Unknown and repeated members, and wrong types, are refused by the suite's JSON settings. */
    private CreateOrderRequest read(byte[] body) {
        try {
            CreateOrderRequest wish = json.readValue(body, CreateOrderRequest.class);
            if (wish == null) {
                throw CommonProblem.MALFORMED_REQUEST.exception();
            }
            return wish;
        } catch (JacksonException unreadable) {
            throw new DecodingException("the order cannot be read", unreadable);
        }
    }

    private static void requireWord(String parameter, @Nullable String word, Function<String, Optional<?>> known) {
        if (word != null && known.apply(word).isEmpty()) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/" + parameter, "unknown");
        }
    }
}

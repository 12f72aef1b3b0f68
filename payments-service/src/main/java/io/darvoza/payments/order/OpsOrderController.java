package io.darvoza.payments.order;

import io.darvoza.common.cursor.PageRequest;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.money.Amount;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.partner.Partners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows the payment desk its orders. */
@RestController
@Tag(name = "Оператор")
@AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
class OpsOrderController {

    private final OpsOrders orders;
    private final Orders one;
    private final Notes notes;
    private final Partners partners;
    private final Clock clock;

    OpsOrderController(OpsOrders orders, Orders one, Notes notes, Partners partners, Clock clock) {
        this.orders = orders;
        this.one = one;
        this.notes = notes;
        this.partners = partners;
        this.clock = clock;
    }

    @Schema(name = "OpsOrderList")
    record OpsListResponse(
            List<OpsOrderResponse> items, @Nullable String nextCursor) {}

    /**
     * An order with what happened to it.
     *
     * @param cardChoice why it got its card; absent without one
     * @param secondApproval approvals of more need a second person
     */
    @Schema(name = "OpsOrderDetail")
    record OpsDetailResponse(
            OpsOrderResponse order,
            List<StepItem> timeline,
            @Nullable ChoiceItem cardChoice,
            @Schema(example = "100000.00") @Nullable String secondApproval) {}

    @Schema(name = "CardChoice")
    record ChoiceItem(String by, @Nullable List<ConsideredItem> considered) {

        static ChoiceItem from(OpsOrders.Choice choice) {
            return new ChoiceItem(
                    choice.by(),
                    choice.considered() == null
                            ? null
                            : choice.considered().stream()
                                    .map(card -> new ConsideredItem(
                                            card.cardId(), card.mask(), card.utilisation(), card.exclusions()))
                                    .toList());
        }
    }

    /** A card that was looked at: how full its tightest cap would be, or what spoke against it. */
    @Schema(name = "ConsideredCard")
    record ConsideredItem(
            UUID cardId,
            @Nullable String mask,
            @Nullable Double utilisation,
            @Nullable List<String> exclusions) {}

    @Schema(name = "OrderStep")
    record StepItem(
            Instant at,
            String kind,
            String actor,
            @Nullable String status,
            @Nullable String detail) {}

    @Schema(name = "Note")
    record NoteRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 2000) @Nullable
            String text) {}

    @GetMapping("/v1/payments/ops/orders")
    @Operation(operationId = "opsOrders", summary = "Orders of all partners")
    Mono<OpsListResponse> list(
            @ParameterObject @ModelAttribute OpsFilter filter,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            Caller caller) {
        return orders.page(filter, PageRequest.of(limit, cursor))
                .map(page -> new OpsListResponse(
                        page.items().stream().map(order -> shown(order, caller)).toList(), page.nextCursor()));
    }

    @GetMapping("/v1/payments/ops/orders/{uid}")
    @Operation(operationId = "opsOrder", summary = "One order and its life", description = "ETag is its version.")
    Mono<ResponseEntity<OpsDetailResponse>> detail(@PathVariable UUID uid, Caller caller) {
        return order(uid)
                .flatMap(order -> Mono.zip(orders.timeline(order.terms().id()), choice(order), bound(order))
                        .map(found -> ResponseEntity.ok()
                                .eTag("\"" + order.state().version() + "\"")
                                .body(new OpsDetailResponse(
                                        shown(order, caller),
                                        found.getT1().stream()
                                                .map(step -> new StepItem(
                                                        step.at(),
                                                        step.kind(),
                                                        step.actor(),
                                                        step.status(),
                                                        step.detail()))
                                                .toList(),
                                        found.getT2().orElse(null),
                                        found.getT3().orElse(null)))));
    }

    private Mono<Optional<ChoiceItem>> choice(PaymentOrder order) {
        return orders.choice(order.terms().id())
                .map(choice -> Optional.of(ChoiceItem.from(choice)))
                .defaultIfEmpty(Optional.empty());
    }

    private Mono<Optional<String>> bound(PaymentOrder order) {
        return partners.find(order.terms().partnerId())
                .map(partner -> Optional.of(Amount.format(partner.secondApprovalMinor(), partner.currency())))
                .defaultIfEmpty(Optional.empty());
    }

    @PostMapping("/v1/payments/ops/orders/{uid}/note")
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "noteOrder",
            summary = "Write something down",
            description = "Leaves the version as it is.")
    Mono<Void> note(@PathVariable UUID uid, @RequestBody NoteRequest request, Caller caller) {
        String text = Notes.text(request.text(), "/text");
        return order(uid).flatMap(order -> notes.add(order, Actors.staff(caller), text));
    }

    @GetMapping("/v1/payments/ops/orders/export.csv")
    @Operation(operationId = "exportOrders", summary = "Exactly the orders of a filter, as CSV")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    ResponseEntity<Flux<DataBuffer>> export(@ParameterObject @ModelAttribute OpsFilter filter, Caller caller) {
        // Refuses a filter that makes no sense before the answer begins.
        var unused = filter.conditions(clock.instant());
        return Csv.attachment(
                "orders.csv", OpsCsv.HEAD, orders.all(filter).map(order -> OpsCsv.row(shown(order, caller))));
    }

    private OpsOrderResponse shown(PaymentOrder order, Caller caller) {
        return OpsOrderResponse.from(order, caller.principalKey(), clock.instant());
    }

    private Mono<PaymentOrder> order(UUID uid) {
        return one.withUid(uid).switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}

package io.darvoza.payments.order;

import io.darvoza.common.feed.Feed;
import io.darvoza.common.live.LiveStreams;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.security.AllowedTo;
import io.darvoza.common.security.AllowedToAnyone;
import io.darvoza.common.security.Caller;
import io.darvoza.payments.order.model.PaymentOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders as they happen, as server-sent events. Only what is kept has an {@code id}; who comes back with it as
 * {@code Last-Event-ID} misses nothing. Who was away too long gets {@code resync}: read the list anew.
 */
@RestController
class LiveOrdersController {

    private final Feed<FeedItem> feed;
    private final Orders orders;
    private final LiveStreams streams;
    private final OrderProperties properties;
    private final JsonMapper json;
    private final Clock clock;

    LiveOrdersController(
            Feed<FeedItem> feed,
            Orders orders,
            LiveStreams streams,
            OrderProperties properties,
            JsonMapper json,
            Clock clock) {
        this.feed = feed;
        this.orders = orders;
        this.streams = streams;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    /** What operators are told. */
    @Schema(name = "OpsEvent")
    record OpsEventItem(String kind, String actor, Instant at, OpsOrderResponse order) {}

    /** What a payer is told. */
    @Schema(name = "PayerEvent")
    record PayerEventItem(String status, boolean performed, Instant serverTime) {}

    @GetMapping(path = "/v1/payments/ops/orders/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @AllowedTo({"payments_operator", "payments_supervisor", "payments_compliance", "payments_admin", "auditor"})
    @Tag(name = "Оператор")
    @Operation(
            operationId = "streamOrders",
            summary = "What happens to orders, live",
            description = "event is the kind, id the place; Last-Event-ID goes on behind it.")
    Flux<ServerSentEvent<String>> desk(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last, Caller caller) {
        return streams.sse(feed.events(last, properties.replay(), item -> deskEvent(item, caller)), caller.expiresAt());
    }

    @GetMapping(path = "/pay/{uid}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @AllowedToAnyone
    @Tag(name = "Плательщик")
    @Operation(operationId = "payerEvents", summary = "How it goes on, live; ends when the order is over")
    Flux<ServerSentEvent<String>> payer(@PathVariable String uid) {
        return order(uid).flatMapMany(order -> {
            UUID id = order.terms().uid();
            AtomicLong told = new AtomicLong();
            // Listens before it reads, so nothing falls between; what was read late is older and does not count.
            Flux<PaymentOrder> changes = Flux.merge(
                    feed.shared()
                            .map(FeedItem::order)
                            .filter(other -> other.terms().uid().equals(id)),
                    Flux.defer(() -> orders.withUid(id)));
            Flux<ServerSentEvent<String>> events = changes.filter(
                            now -> told.getAndAccumulate(now.state().version(), Math::max)
                                    < now.state().version())
                    .distinctUntilChanged(now -> now.state().status())
                    .takeUntil(now -> now.state().status().isTerminal())
                    .map(this::payerEvent);
            return streams.sse(events, clock.instant().plus(properties.payerStream()));
        });
    }

    private ServerSentEvent<String> deskEvent(FeedItem item, Caller caller) {
        return ServerSentEvent.<String>builder()
                .id(Long.toString(item.seq()))
                .event(item.kind())
                .data(json.writeValueAsString(new OpsEventItem(
                        item.kind(),
                        item.actor(),
                        item.at(),
                        OpsOrderResponse.from(item.order(), caller.principalKey(), clock.instant()))))
                .build();
    }

    private ServerSentEvent<String> payerEvent(PaymentOrder order) {
        var status = order.state().status();
        return ServerSentEvent.<String>builder()
                .event("status")
                .data(json.writeValueAsString(new PayerEventItem(status.word(), status.isTerminal(), clock.instant())))
                .build();
    }

    private Mono<PaymentOrder> order(String uid) {
        return Mono.fromSupplier(() -> PayerController.id(uid))
                .flatMap(orders::withUid)
                .switchIfEmpty(Mono.error(CommonProblem.NOT_FOUND::exception));
    }
}

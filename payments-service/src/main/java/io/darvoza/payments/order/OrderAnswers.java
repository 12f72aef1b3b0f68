package io.darvoza.payments.order;

import io.darvoza.common.idempotency.Answer;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What partners are told of an order. */
@Component
final class OrderAnswers {

    private final PlatformCards cards;
    private final PaymentLinks links;
    private final JsonMapper json;
    private final Clock clock;

    OrderAnswers(PlatformCards cards, PaymentLinks links, JsonMapper json, Clock clock) {
        this.cards = cards;
        this.links = links;
        this.json = json;
        this.clock = clock;
    }

    OrderResponse told(PaymentOrder order) {
        return OrderResponse.from(
                order, links.of(order.terms().uid()), metadata(order.terms().metadata()), clock.instant());
    }

    /** The answer to a creation as it is kept: without the card's number, which stands nowhere but in the vault. */
    Answer created(PaymentOrder order) {
        String uid = order.terms().uid().toString();
        return Answer.of(201, json.writeValueAsString(told(order)))
                .withHeader("Location", "/v1/payments/orders/" + uid)
                .withHeader("ETag", "\"" + order.state().version() + "\"");
    }

    /** The same with the number of the card that a deposit goes to. */
    Mono<Answer> withCardNumber(Answer answer) {
        ObjectNode kept = (ObjectNode) json.readTree(String.valueOf(answer.json()));
        if (!OrderType.DEPOSIT.word().equals(kept.path("type").asString())) {
            return Mono.just(answer);
        }
        return cards.ofOrder(UUID.fromString(kept.path("uid").asString()))
                .map(card -> new Answer(
                        answer.status(),
                        answer.headers(),
                        json.writeValueAsString(
                                kept.put("card_number", card.number().reveal())),
                        answer.replayed()))
                .defaultIfEmpty(answer);
    }

    private @Nullable Object metadata(@Nullable String text) {
        return text == null ? null : json.readValue(text, Map.class);
    }
}

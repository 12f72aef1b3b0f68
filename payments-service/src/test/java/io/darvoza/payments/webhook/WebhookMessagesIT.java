package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What is sent, to whom, how it is signed and in which order. */
class WebhookMessagesIT extends PartnerWithReceiver {

    @Test
    void aMessageArrivesSignedAndAsItWasWhenTheOrderChanged() {
        var added = endpoint(RECEIVER.path("good", Receiver.status(204)));

        enqueue(order("u-1", 2, "payment.processing"));

        Receiver.Call call = awaitCalls("good", 1).getFirst();
        assertThat(call.id()).startsWith("evt_");
        assertThat(Instant.ofEpochSecond(Long.parseLong(call.timestamp())))
                .isBetween(Instant.now().minusSeconds(10), Instant.now().plusSeconds(1));
        assertThat(call.signature()).isEqualTo(signature(added.secret(), call));
        var json = JsonMapper.shared().readTree(call.body());
        assertThat(json.get("type").asString()).isEqualTo("payment.processing");
        assertThat(json.at("/data/external_id").asString()).isEqualTo("order-u-1");
        assertThat(json.at("/data/amount").asString()).isEqualTo("1500.00");
        assertThat(json.at("/data/version").asLong()).isEqualTo(2);
        assertThat(json.at("/data/card_mask").isMissingNode()).isTrue();
        awaitState(added, "delivered", 1);
    }

    /** The first endpoint at the origin lends its secret and is not called itself; one elsewhere is, as ever. */
    @Test
    void anOrdersOwnAddressStandsInForTheEndpointAtItsOrigin() {
        var first = endpoint(RECEIVER.path("stands-back", Receiver.status(200)));
        endpoint(RECEIVER.path("as-ever", Receiver.status(200)));
        String own = RECEIVER.path("order-42", Receiver.status(200));
        webhooks.requireCallable(partner, own).block(BOUND);

        enqueue(order("u-1", 1, "payment.created", own));

        Receiver.Call call = awaitCalls("order-42", 1).getFirst();
        assertThat(call.signature()).isEqualTo(signature(first.secret(), call));
        awaitCalls("as-ever", 1);
        assertThat(RECEIVER.calls("stands-back")).isEmpty();
        awaitState(first, "delivered", 1);
    }

    @Test
    void whatIsRolledBackIsNotSent() {
        endpoint(RECEIVER.path("rolled-back", Receiver.status(200)));

        Mono<Void> failing = webhooks.enqueue(order("u-1", 1, "payment.created"))
                .then(Mono.error(new IllegalStateException("rolled back")));
        assertThat(failing.as(transaction::transactional).onErrorComplete().block(BOUND))
                .isNull();
        enqueue(order("u-2", 1, "payment.created"));

        assertThat(awaitCalls("rolled-back", 1))
                .hasSize(1)
                .allMatch(call -> call.body().contains("u-2"));
    }

    @Test
    void anEndpointHearsOnlyWhatItAskedFor() {
        String url = RECEIVER.path("choosy", Receiver.status(200));
        manage.add(partner, new Endpoints.Wish(url, null, List.of("payment.approved"), true), "test")
                .block(BOUND);

        enqueue(order("u-1", 1, "payment.created"));
        enqueue(order("u-1", 2, "payment.approved"));

        assertThat(awaitCalls("choosy", 1))
                .hasSize(1)
                .allMatch(call -> call.body().contains("payment.approved"));
    }

    @Test
    void ofOneOrderNoVersionOvertakesAnEarlierOneButOtherOrdersDo() {
        endpoint(RECEIVER.path("ordered", (call, number) -> Receiver.reply(call, number <= 2 ? 503 : 200, "")));

        enqueue(order("u-1", 1, "payment.created"));
        enqueue(order("u-1", 2, "payment.processing"));
        enqueue(order("u-1", 3, "payment.approved"));

        List<String> bodies =
                awaitCalls("ordered", 5).stream().map(Receiver.Call::body).toList();
        assertThat(bodies.stream().map(PartnerWithReceiver::version)).containsExactly(1L, 1L, 1L, 2L, 3L);
    }

    @Test
    void aRenewedSecretSignsBesideThePreviousOne() {
        var added = endpoint(RECEIVER.path("renewed", Receiver.status(200)));
        var renewed = manage.renewSecret(partner, added.endpoint().id(), "test").block(BOUND);

        enqueue(order("u-1", 1, "payment.created"));

        Receiver.Call call = awaitCalls("renewed", 1).getFirst();
        assertThat(call.signature().split(" "))
                .containsExactly(signature(renewed.secret(), call), signature(added.secret(), call));
    }

    @Test
    void noMessageIsLostOrSentTwiceWhenAllGoesWell() {
        endpoint(RECEIVER.path("many", Receiver.status(200)));

        IntStream.range(0, 200).forEach(i -> enqueue(order("many-" + i % 50, 1 + i / 50, "payment.created")));

        List<Receiver.Call> calls = awaitCalls("many", 200);
        await().during(Duration.ofMillis(300))
                .atMost(BOUND)
                .until(() -> RECEIVER.calls("many").size() == 200);
        assertThat(calls).extracting(Receiver.Call::id).doesNotHaveDuplicates();
        for (int order = 0; order < 50; order++) {
            String uid = "\"many-" + order + "\"";
            assertThat(calls.stream()
                            .map(Receiver.Call::body)
                            .filter(body -> body.contains(uid))
                            .map(PartnerWithReceiver::version))
                    .containsExactly(1L, 2L, 3L, 4L);
        }
    }
}

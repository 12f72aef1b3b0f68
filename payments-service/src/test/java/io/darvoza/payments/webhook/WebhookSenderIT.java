package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Receivers that answer late, wrong, elsewhere or not at all. */
class WebhookSenderIT extends PartnerWithReceiver {

    @Test
    void aFailedTryIsRepeatedUnderTheSameIdWithASignatureOfItsOwnTime() {
        var added = endpoint(RECEIVER.path(
                "flaky", (call, number) -> Receiver.reply(call, number < 3 ? 500 : 200, "try " + number)));

        enqueue(order("u-1", 1, "payment.created"));

        List<Receiver.Call> calls = awaitCalls("flaky", 3);
        assertThat(calls)
                .extracting(Receiver.Call::id)
                .containsOnly(calls.getFirst().id());
        assertThat(calls).allSatisfy(call -> assertThat(call.signature()).isEqualTo(signature(added.secret(), call)));
        awaitState(added, "delivered", 3);
        assertThat(endpoints.find(partner, added.endpoint().id()).block(BOUND).failingSince())
                .isNull();
    }

    @Test
    void aSlowEndpointHoldsUpNobodyElse() {
        endpoint(RECEIVER.path("slow", (call, _) -> {
            Thread.sleep(3000);
            Receiver.reply(call, 200, "");
        }));
        IntStream.range(0, 40).forEach(i -> enqueue(order("slow-" + i, 1, "payment.created")));
        awaitCalls("slow", 1);
        endpoint(RECEIVER.path("quick", Receiver.status(200)));
        Instant start = Instant.now();

        IntStream.range(0, 20).forEach(i -> enqueue(order("quick-" + i, 1, "payment.created")));

        assertThat(awaitCalls("quick", 20)).hasSize(20);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aTryEndsAtItsTimeOut() {
        var added = endpoint(RECEIVER.path("dripping", (call, _) -> {
            call.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                call.getResponseBody().write('.');
                call.getResponseBody().flush();
                Thread.sleep(100);
            }
        }));

        enqueue(order("u-1", 1, "payment.created"));

        awaitCalls("dripping", 2);
        assertThat(only(added).lastError()).isEqualTo("timeout");
    }

    @Test
    void anEndlessAnswerIsReadToItsBeginningOnly() {
        var added = endpoint(RECEIVER.path("chatty", (call, _) -> {
            call.sendResponseHeaders(200, 0);
            byte[] much = "x".repeat(8192).getBytes();
            try {
                for (int i = 0; i < 10_000; i++) {
                    call.getResponseBody().write(much);
                }
            } catch (IOException closed) {
                call.close();
            }
        }));

        enqueue(order("u-1", 1, "payment.created"));

        awaitState(added, "delivered", 1);
        assertThat(only(added).lastAnswer()).hasSize(2048);
    }

    @Test
    void aRedirectIsNotFollowed() {
        String target = RECEIVER.path("target", Receiver.status(200));
        var added = endpoint(RECEIVER.path("redirecting", (call, _) -> {
            call.getResponseHeaders().add("Location", target);
            Receiver.reply(call, 307, "");
        }));

        enqueue(order("u-1", 1, "payment.created"));

        awaitState(added, "failed", 4);
        assertThat(RECEIVER.calls("target")).isEmpty();
        assertThat(only(added).lastStatus()).isEqualTo(307);
    }

    @Test
    void theReceiversRetryAfterIsHonoured() {
        endpoint(RECEIVER.path("busy", (call, number) -> {
            call.getResponseHeaders().add("Retry-After", "1");
            Receiver.reply(call, number == 1 ? 429 : 200, "");
        }));

        enqueue(order("u-1", 1, "payment.created"));

        List<Receiver.Call> calls = awaitCalls("busy", 2);
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(950));
    }

    @Test
    void aReceiverThatIsGoneIsCalledNoMoreAndThePartnersOthersAreTold() {
        endpoint(RECEIVER.path("other", Receiver.status(200)));
        var gone = endpoint(RECEIVER.path("gone", Receiver.status(410)));

        enqueue(order("u-1", 1, "payment.created"));
        await().atMost(BOUND)
                .until(() -> !endpoints
                        .find(partner, gone.endpoint().id())
                        .block(BOUND)
                        .isActive());
        enqueue(order("u-2", 1, "payment.created"));

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(RECEIVER.calls("other"))
                        .anyMatch(call -> call.body().contains("webhook.disabled")
                                && call.body().contains("gone")));
        assertThat(RECEIVER.calls("gone")).hasSize(1);
        assertThat(endpoints.find(partner, gone.endpoint().id()).block(BOUND).disabledReason())
                .isEqualTo("gone");
        assertThat(states(gone)).containsOnly("failed").hasSize(2);
    }

    @Test
    void anEndpointThatFailsForTooLongIsDisabled() {
        var added = endpoint(RECEIVER.path("broken", Receiver.status(500)));
        database.sql("update webhook_endpoint set failing_since = now() - interval '2 minutes'")
                .then()
                .block(BOUND);

        enqueue(order("u-1", 1, "payment.created"));

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(endpoints
                                .find(partner, added.endpoint().id())
                                .block(BOUND)
                                .disabledReason())
                        .isEqualTo("failing"));
        assertThat(RECEIVER.calls("broken")).hasSize(1);
    }

    @Test
    void whatFailedForGoodStaysVisibleAndCanBeSentAgain() {
        var added = endpoint(
                RECEIVER.path("mended", (call, number) -> Receiver.reply(call, number <= 4 ? 500 : 200, "no")));
        enqueue(order("u-1", 1, "payment.created"));
        awaitState(added, "failed", 4);
        assertThat(only(added).lastAnswer()).isEqualTo("no");

        assertThat(deliveries
                        .failedAgain(added.endpoint().id(), Instant.EPOCH, Instant.now())
                        .block(BOUND))
                .isEqualTo(1);

        awaitState(added, "delivered", 1);
        assertThat(RECEIVER.calls("mended"))
                .hasSize(5)
                .extracting(Receiver.Call::id)
                .hasSize(5)
                .containsOnly(only(added).messageId());
    }

    @Test
    void anEndpointThatIsAwayIsTriedAgain() {
        var away = new Receiver();
        away.close();
        var added = manage.add(partner, new Endpoints.Wish(RECEIVER.origin() + "/none", null, List.of(), true), "test")
                .block(BOUND);
        database.sql("update webhook_endpoint set url = :url")
                .bind("url", "https://127.0.0.1:" + away.port() + "/hook")
                .then()
                .block(BOUND);

        enqueue(order("u-1", 1, "payment.created"));

        awaitState(added, "failed", 4);
        assertThat(only(added).lastError()).isEqualTo("address_refused");
    }
}

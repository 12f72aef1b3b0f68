package io.darvoza.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.PlayedAbs;
import io.darvoza.local.client.SamplePdf;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The outside АБС, played over the real broker: it answers after a while, late, twice, out of order, nonsense, and never. */
class CoreBankingJourneyIT {

    private static final Duration BOUND = Duration.ofSeconds(30);

    private static Http http;
    private static PlayedAbs abs;
    private static String client;
    private static String worker;

    @BeforeAll
    static void signIn() {
        RunningSuite suite = RunningSuite.get();
        http = new Http(suite.address());
        abs = new PlayedAbs(suite.partAt(8190));
        client = suite.token("bank_client");
        worker = suite.token("abs_worker");
    }

    @Test
    void itsAnswerAfterAWhileDecides() {
        String id = uploaded();

        told(
                id,
                "{\"kind\": \"answering\", \"status\": \"rejected\", \"reason\": \"Нечитаемо\", \"delay_millis\": 500}");
        assertThat(history(id)).containsExactly("pending");

        ends(id, "pending", "rejected");
        assertThat(http.get("/v1/abs/documents/" + id + "/history", client).text())
                .contains("Нечитаемо", "core-banking");
    }

    @Test
    void itsLateAnswerChangesNothing() {
        String id = uploaded();
        told(id, "{\"kind\": \"answering\", \"status\": \"approved\", \"delay_millis\": 700}");
        decide(id, "rejected");

        nextIsHeard();

        assertThat(history(id)).containsExactly("pending", "rejected");
    }

    @Test
    void twiceIsOnce() {
        String id = uploaded();
        told(id, "{\"kind\": \"twice\"}");
        ends(id, "pending", "approved");

        nextIsHeard();

        assertThat(history(id)).containsExactly("pending", "approved");
    }

    @Test
    void outOfOrderEndsInTheSameStatus() {
        String id = uploaded();

        told(id, "{\"kind\": \"out_of_order\"}");

        ends(id, "pending", "approved", "processed");
    }

    @Test
    void nonsenseHoldsUpNothing() {
        String id = uploaded();
        told(id, "{\"kind\": \"nonsense\"}");

        told(id, "{\"kind\": \"answering\", \"status\": \"approved\"}");

        ends(id, "pending", "approved");
    }

    @Test
    void whatItNeverAnswersWaitsForAnEmployee() {
        String id = uploaded();
        told(id, "{\"kind\": \"silent\"}");

        nextIsHeard();
        assertThat(history(id)).containsExactly("pending");

        decide(id, "approved");
        assertThat(history(id)).containsExactly("pending", "approved");
    }

    private static String uploaded() {
        String words = "abs " + UUID.randomUUID();
        Http.Reply reply = http.upload(
                client,
                "{\"description\": \"%s\", \"category\": \"Договоры\"}".formatted(words),
                "sample.pdf",
                "application/pdf",
                SamplePdf.of(words));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json().get("document_id").asString();
    }

    private static void told(String id, String manner) {
        assertThat(abs.answers(id, manner, BOUND))
                .as("the АБС has heard of document %s", id)
                .isTrue();
    }

    private static void decide(String id, String status) {
        Http.Reply decided =
                http.put("/v1/abs/documents/" + id + "/status", worker, "{\"status\": \"%s\"}".formatted(status));
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    }

    /** What the АБС says later than anything before, about another document, has come: so has all before it, or never will. */
    private static void nextIsHeard() {
        String next = uploaded();
        told(next, "{\"kind\": \"answering\", \"status\": \"approved\", \"delay_millis\": 1500}");
        ends(next, "pending", "approved");
    }

    private static void ends(String id, String... statuses) {
        await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(history(id)).containsExactly(statuses));
    }

    private static List<String> history(String id) {
        return http.get("/v1/abs/documents/" + id + "/history", worker)
                .json()
                .get("history")
                .valueStream()
                .map(change -> change.get("status").asString())
                .toList();
    }
}

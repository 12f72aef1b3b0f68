package io.darvoza.local.demo;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.LiveEvents;
import io.darvoza.local.client.PlayedAbs;
import io.darvoza.local.client.SamplePdf;
import io.darvoza.local.process.StartFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A bank client's document, from the client's token to the worker's screen and the client's live stream. */
public final class DocumentJourney {

    private static final Duration EVENT_LIMIT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Http http;
    private final PlayedAbs abs;
    private final UnaryOperator<String> tokens;
    private final Story story = new Story(System.out);

    /**
     * @param sandbox where the АБС is played
     * @param tokens name of a demo user → access token
     */
    public DocumentJourney(Http http, URI sandbox, UnaryOperator<String> tokens) {
        this.http = http;
        this.abs = new PlayedAbs(sandbox);
        this.tokens = tokens;
    }

    /** Plays and prints it. Returns whether every step held. */
    public boolean play() {
        System.out.println("A document travels: bank_client → abs_worker → АБС → sm_manager");
        var client = signIn("bank_client");
        var stranger = signIn("bank_client2");
        var worker = signIn("abs_worker");
        try (var own = new LiveEvents(http, client);
                var foreign = new LiveEvents(http, stranger)) {
            var id = upload(client);
            story.fact("the event document.uploaded reaches its owner's stream", "event", () -> arrives(own, id));
            story.fact("… and nobody else's", "none", () -> staysAway(foreign, id));
            readsIt(worker, client, id);
            isDecidedOn(worker, client, id);
            story.fact("the event document.status-changed reaches its owner's stream", "event", () -> arrives(own, id));
            isProcessedOutside(own, id);
            comesUnderAContract(signIn("sm_manager"), client, id);
            isRefused(client, stranger, id);
        }
        return story.held();
    }

    private String signIn(String name) {
        var token = new String[1];
        story.fact(name + " signs in", "token", () -> {
            token[0] = tokens.apply(name);
            return !token[0].isEmpty();
        });
        return token[0];
    }

    private String upload(String client) {
        var words = "demo " + Instant.now();
        var metadata = "{\"description\": \"%s\", \"category\": \"Договоры\"}".formatted(words);
        var reply = story.request(
                "bank_client uploads a PDF: POST /v1/dbo/documents",
                201,
                () -> http.upload(client, metadata, "demo.pdf", "application/pdf", SamplePdf.of(words)));
        if (reply.status() != 201) {
            throw new StartFailure(
                    "The upload was refused: " + new String(reply.whole().body(), StandardCharsets.UTF_8));
        }
        return reply.json().get("document_id").asString();
    }

    private void readsIt(String worker, String client, String id) {
        get("abs_worker reads it: GET /v1/abs/documents/" + id, 200, "/v1/abs/documents/" + id, worker);
        get("abs_worker opens the file: GET …/content", 200, "/v1/abs/documents/" + id + "/content", worker);
        var me = story.request(
                "bank_client asks who that is: GET /v1/dbo/users/me", 200, () -> http.get("/v1/dbo/users/me", client));
        var user = me.json().path("user_id").asString("");
        var path = "/v1/dbo/users/" + user + "/documents";
        get("bank_client lists own documents: GET " + path, 200, path, client);
    }

    private void isDecidedOn(String worker, String client, String id) {
        var path = "/v1/abs/documents/" + id;
        var decision = "{\"status\": \"approved\", \"reason\": \"demo\"}";
        story.answer(
                "abs_worker approves it: PUT …/status",
                200,
                () -> http.put(path + "/status", worker, decision, "If-Match", "\"1\""));
        story.answer(
                "who decides on what he saw before that is told so",
                412,
                () -> http.put(path + "/status", worker, decision, "If-Match", "\"1\""));
        story.answer(
                "an approved document is not taken back", 409, () -> http.delete("/v1/dbo/documents/" + id, client));
        get("bank_client reads its history: GET …/history", 200, path + "/history", client);
    }

    private void isProcessedOutside(LiveEvents own, String id) {
        story.fact(
                "the АБС, which has heard of it by Kafka, answers that it is processed",
                "event",
                () -> abs.answers(id, "{\"kind\": \"answering\", \"status\": \"processed\"}", EVENT_LIMIT)
                        && arrives(own, id));
    }

    private void comesUnderAContract(String manager, String client, String id) {
        var made = story.request(
                "sm_manager registers a contract: POST /v1/sm/contracts",
                201,
                () -> http.post("/v1/sm/contracts", manager, "{\"user_id\": 123, \"description\": \"demo\"}"));
        var contract = made.header("Location");
        story.answer(
                "bank_client links the document to it: POST …/link",
                201,
                () -> http.post(contract + "/link", client, "{\"document_id\": %s}".formatted(id)));
        get("… and finds it there: GET …/documents", 200, contract + "/documents", client);
        story.answer(
                "sm_manager revokes the link: PUT …/link",
                200,
                () -> http.put(
                        contract + "/link",
                        manager,
                        "{\"document_id\": %s, \"operation_status_id\": 4}".formatted(id)));
    }

    private void isRefused(String client, String stranger, String id) {
        var forged = client.substring(0, client.length() - 6) + "AAAAAA";
        get("a forged token is refused", 401, "/v1/abs/documents/" + id, forged);
        get("so is none", 401, "/v1/abs/documents/" + id, null);
        get("to bank_client2 the document does not exist", 404, "/v1/abs/documents/" + id, stranger);
    }

    private void get(String step, int expected, String path, @Nullable String token) {
        story.answer(step, expected, () -> http.get(path, token));
    }

    private static boolean arrives(LiveEvents events, String id) {
        return next(events, id, EVENT_LIMIT);
    }

    private static boolean staysAway(LiveEvents events, String id) {
        return !next(events, id, SILENCE);
    }

    private static boolean next(LiveEvents events, String id, Duration limit) {
        try {
            return events.next(id, limit) != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

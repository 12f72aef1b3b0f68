package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What employees and clients ask of documents, through the gateway.
 *
 * @param client token of the client who has ten thousand documents
 * @param worker token of an employee
 * @param operator token of an operator of remote banking, who sends batches
 */
record DocumentRequests(int port, UUID subject, String client, String worker, String operator) {

    static final long FIRST = 10_000_000;

    private static final String DOCUMENTS = "/v1/abs/documents";

    static DocumentRequests with(int port, BenchTokens tokens) {
        var subject = UUID.randomUUID();
        return new DocumentRequests(
                port,
                subject,
                tokens.of(subject, "mobile", "bank_client", "bank_client"),
                tokens.of(UUID.randomUUID(), "mobile", "abs_worker", "abs_worker"),
                tokens.of(UUID.randomUUID(), "mobile", "dbo_operator", "dbo_operator"));
    }

    /** A request, by a name that people read. */
    record Request(String path, String token) {}

    /** Every kind of request, with a number that varies what it asks for. */
    Map<String, Request> of(int number, long documents) {
        var requests = new LinkedHashMap<String, Request>();
        var id = FIRST + 1 + number * 7919L % documents;
        requests.put("get: one document", new Request(DOCUMENTS + "/" + id, worker));
        requests.put("get: its history", new Request(DOCUMENTS + "/" + id + "/history", worker));
        requests.put("list: the queue, oldest 50", new Request(DOCUMENTS + "?status=pending&order=oldest", worker));
        requests.put("list: newest 50", new Request(DOCUMENTS, worker));
        requests.put(
                "list: by status and category",
                new Request(DOCUMENTS + "?status=rejected&category=" + (1 + number % 5), worker));
        requests.put("list: of a client", new Request(DOCUMENTS + "?user_id=" + (1_000_001 + number % 2000), worker));
        requests.put("list: of an employee", new Request(DOCUMENTS + "?worker_id=456", worker));
        requests.put("search: a rare word", new Request(DOCUMENTS + "?q=" + text("рояля"), worker));
        requests.put(
                "search: two words in any form", new Request(DOCUMENTS + "?q=" + text("договоры гаражей"), worker));
        requests.put("search: a word of every tenth document", new Request(DOCUMENTS + "?q=" + text("аренды"), worker));
        requests.put(
                "search: common words that never meet",
                new Request(DOCUMENTS + "?q=" + text("договор справка"), worker));
        requests.put("search: what nobody wrote", new Request(DOCUMENTS + "?q=" + text("дирижабль"), worker));
        requests.put("page: /documents with 10 000 of one's own", new Request("/documents", client));
        requests.put("page: the employees' queue", new Request("/documents/queue", worker));
        requests.put("page: one document", new Request("/documents/" + id, worker));
        return requests;
    }

    Request one(String name, int number, long documents) {
        return Objects.requireNonNull(of(number, documents).get(name));
    }

    /** Asks and throws the answer away, which must be a good one. Tells its size. */
    static int ask(HttpLine line, Request request) {
        var page = !request.path().startsWith("/v1/");
        var answer = line.send(
                "GET",
                request.path(),
                Map.of("Authorization", "Bearer " + request.token(), "Accept", page ? "text/html" : "application/json"),
                "");
        if (answer.status() != 200) {
            throw new StartFailure("%s answers %d: %s".formatted(request.path(), answer.status(), answer.body()));
        }
        return answer.body().getBytes(StandardCharsets.UTF_8).length;
    }

    private static String text(String words) {
        return URLEncoder.encode(words, StandardCharsets.UTF_8);
    }
}

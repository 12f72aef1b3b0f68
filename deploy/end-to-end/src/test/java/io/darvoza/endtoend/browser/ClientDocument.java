package io.darvoza.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.endtoend.RunningSuite;
import io.darvoza.local.client.Http;
import io.darvoza.local.client.SamplePdf;

/** A document of {@code bank_client}, sent and decided past the pages by programs. */
final class ClientDocument {

    private ClientDocument() {}

    /** Its number. */
    static String upload(String description) {
        RunningSuite suite = RunningSuite.get();
        String metadata = "{\"description\": \"%s\", \"category\": \"Договоры\"}".formatted(description);
        Http.Reply reply = new Http(suite.address())
                .upload(
                        suite.token("bank_client"),
                        metadata,
                        "sample.pdf",
                        "application/pdf",
                        SamplePdf.of(description));
        assertThat(reply.status()).isEqualTo(201);
        return reply.json().get("document_id").asString();
    }

    /** An employee's decision by the API. */
    static void decide(String id, String status) {
        RunningSuite suite = RunningSuite.get();
        Http.Reply decided = new Http(suite.address())
                .put(
                        "/v1/abs/documents/" + id + "/status",
                        suite.token("abs_worker"),
                        "{\"status\": \"" + status + "\"}");
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    }
}

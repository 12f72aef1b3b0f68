package io.darvoza.endtoend.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.endtoend.RunningSuite;
import io.darvoza.local.client.Http;

/** An employee's decision about a document, made by his own program while a client looks on. */
final class DocumentDecision {

    private DocumentDecision() {}

    static void approve(String document) {
        RunningSuite suite = RunningSuite.get();
        Http.Reply decided = new Http(suite.address())
                .put(
                        "/v1/abs/documents/" + document + "/status",
                        suite.token("abs_worker"),
                        "{\"status\": \"approved\"}");
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    }
}

package io.darvoza.endtoend.browser;

import io.darvoza.endtoend.RunningSuite;
import io.darvoza.local.client.Http;
import io.darvoza.local.client.PartnerProgram;
import io.darvoza.local.state.PartnerKey;
import java.net.http.HttpRequest;
import tools.jackson.databind.JsonNode;

/** Orders that come to the payment desk as they do in earnest: a partner creates them, a payer confirms. */
final class PayersOrder {

    private PayersOrder() {}

    /** A deposit of that amount that waits for an operator; its uid. */
    static String waiting(String amount) {
        RunningSuite suite = RunningSuite.get();
        Http http = new Http(suite.address());
        JsonNode key = suite.credentials("partner");
        var partner = new PartnerProgram(
                http,
                suite.token("partner"),
                new PartnerKey(
                        key.get("key_id").asString(), key.get("secret_hex").asString()));
        String uid = partner.order("deposit", amount).json().get("uid").asString();
        Http.Reply confirmed = http.send(http.request("/pay/" + uid + "/confirm", null)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
        if (confirmed.status() != 202) {
            throw new IllegalStateException("the payer's confirmation was answered with " + confirmed.status());
        }
        return uid;
    }
}

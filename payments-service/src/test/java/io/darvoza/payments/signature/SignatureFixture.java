package io.darvoza.payments.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import io.darvoza.payments.TestPartners;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** A partner with a key, and requests signed by it. */
@RealService
abstract class SignatureFixture {

    static final Duration BOUND = Duration.ofSeconds(10);

    static final String KEYS = "/v1/payments/keys";

    static final String BODY = "{\"label\":\"second\",\"scopes\":[\"read\"]}";

    static final String TOKEN = TestTokens.shared().program("partner", "partner");

    static final String TOKEN2 = TestTokens.shared().program("partner2", "partner");

    @Autowired
    ApiKeys keys;

    @Autowired
    DatabaseClient database;

    @LocalServerPort
    int port;

    PartnerHttp http;

    UUID partner;

    IssuedKey issued;

    Signer signer;

    @BeforeEach
    void onboard() {
        http = new PartnerHttp(port);
        partner = TestPartners.add(database, "partner");
        TestPartners.add(database, "partner2");
        database.sql("delete from request_nonce").then().block(BOUND);
        database.sql("delete from api_key").then().block(BOUND);
        issued =
                keys.issue(partner, ApiKeys.Wish.forEverything("first"), "test").block(BOUND);
        signer = Signer.of(issued);
    }

    @AfterEach
    void close() {
        http.close();
    }

    Reply from(String address, Signer by) {
        var headers = by.headers("POST", http.uri(KEYS), BODY);
        headers.put("X-Forwarded-For", address);
        return http.send("POST", KEYS, TOKEN, BODY, headers);
    }

    Reply post(String path, String body) {
        return post(signer, path, body);
    }

    Reply post(Signer by, String path, String body) {
        return http.send("POST", path, TOKEN, body, by.headers("POST", http.uri(path), body));
    }

    static void assertRefused(Reply reply, String what) {
        assertThat(reply.status()).as(what).isEqualTo(401);
        assertThat(reply.code()).as(what).isEqualTo("signature_invalid");
    }

    void assertNothingWritten() {
        assertThat(countingKeys()).isEqualTo(1);
    }

    long countingKeys() {
        return keys.countingOf(partner).block(BOUND);
    }

    static String withoutTrace(Reply reply) {
        return reply.text().replaceAll("\"traceId\":\"[^\"]*\"", "");
    }

    static String changed(String text, int index) {
        char other = text.charAt(index) == '1' ? '2' : '1';
        return text.substring(0, index) + other + text.substring(index + 1);
    }
}

package io.darvoza.payments.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.PartnerHttp.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature over a partner's requests. */
class SignedRequestIT extends SignatureFixture {

    private static final String ORDERS = "/v1/payments/orders";

    @Test
    void aSignedRequestIsDoneAndTheNewSecretIsShownOnce() {
        Reply created = post(KEYS, BODY);

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().get("secret_hex").asString()).matches("[0-9a-f]{64}");
        assertThat(created.headers().firstValue("Cache-Control")).hasValue("no-store");
        Reply list = http.send("GET", KEYS, TOKEN, null, Map.of());
        assertThat(list.json().get("keys")).hasSize(2);
        assertThat(list.text())
                .doesNotContain("secret")
                .doesNotContain(created.json().get("secret_hex").asString());
    }

    @Test
    void theNewKeySignsAtOnce() {
        Reply created = post(KEYS, "{\"label\":\"second\",\"scopes\":[\"manage\",\"read\"]}");
        var second = new Signer(
                UUID.fromString(created.json().get("id").asString()),
                KeySecret.ofHex(created.json().get("secret_hex").asString()));

        assertThat(post(second, KEYS, BODY).status()).isEqualTo(201);
    }

    @Test
    void theSecretIsNotReadableInTheDatabase() {
        String row = database.sql("select encode(secret, 'escape') || encode(secret, 'hex') from api_key")
                .mapValue(String.class)
                .one()
                .block(BOUND);

        assertThat(row).doesNotContain(issued.secret().hex());
    }

    @Test
    void anUnsignedRequestIsToldWhatItLacks() {
        Reply refused = http.send("POST", KEYS, TOKEN, BODY, Map.of());

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("signature_invalid");
        assertThat(refused.json().get("errors").findValuesAsString("pointer"))
                .containsExactly("/X-Key-Id", "/X-Timestamp", "/X-Nonce", "/X-Signature");
        assertNothingWritten();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/payments/%6beys", "/v1/payments/keys/", "/v1/payments/orders", "/v1/payments/%6frders"})
    void noSpellingOfAPathLeadsPastTheCheck(String path) {
        assertThat(http.send("POST", path, TOKEN, BODY, Map.of()).code()).isEqualTo("signature_invalid");
    }

    @Test
    void everyChangedByteOnTheWayIsNoticedAndSpendsNoNonce() {
        Map<String, String> good = signer.headers("POST", http.uri(KEYS), BODY);

        for (int i = 0; i < BODY.length(); i++) {
            assertRefused(http.send("POST", KEYS, TOKEN, changed(BODY, i), good), "body, byte " + i);
        }
        assertRefused(http.send("PUT", KEYS, TOKEN, BODY, good), "method");
        assertRefused(http.send("POST", KEYS + "?note=a", TOKEN, BODY, good), "query");
        assertRefused(http.send("POST", KEYS + "/", TOKEN, BODY, good), "path");
        for (String header : List.of("X-Key-Id", "X-Nonce", "X-Signature")) {
            for (int i = 0; i < good.get(header).length(); i++) {
                var bad = new HashMap<>(good);
                bad.put(header, changed(good.get(header), i));
                assertRefused(http.send("POST", KEYS, TOKEN, BODY, bad), header + ", byte " + i);
            }
        }
        var late = new HashMap<>(good);
        late.put("X-Timestamp", Long.toString(Long.parseLong(good.get("X-Timestamp")) - 1));
        assertRefused(http.send("POST", KEYS, TOKEN, BODY, late), "timestamp");
        assertNothingWritten();

        assertThat(http.send("POST", KEYS, TOKEN, BODY, good).status()).isEqualTo(201);
    }

    @Test
    void theSameValuesInAnotherSpellingAreAnotherBody() {
        Map<String, String> good = signer.headers("POST", http.uri(KEYS), BODY);

        assertRefused(http.send("POST", KEYS, TOKEN, BODY.replace(":", ": "), good), "re-serialised");
    }

    @Test
    void theOrderOfTheQueryDoesNotMatter() {
        Map<String, String> good = signer.headers("GET", http.uri(ORDERS + "?type=deposit&external_id=%2f"), "");

        assertThat(http.send("GET", ORDERS + "?external_id=/&type=deposit", TOKEN, null, good)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aReplayIsRefused() {
        Map<String, String> good = signer.headers("POST", http.uri(KEYS), BODY);

        assertThat(http.send("POST", KEYS, TOKEN, BODY, good).status()).isEqualTo(201);
        Reply again = http.send("POST", KEYS, TOKEN, BODY, good);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.code()).isEqualTo("nonce_replayed");
        assertThat(countingKeys()).isEqualTo(2);
    }

    @Test
    void ofManyReplaysAtOnceOneIsDone() throws Exception {
        Map<String, String> good = signer.headers("POST", http.uri(KEYS), BODY);
        int racers = 16;
        var start = new CyclicBarrier(racers);
        try (var threads = Executors.newFixedThreadPool(racers)) {
            List<Future<Integer>> answers = new ArrayList<>();
            Callable<Integer> racer = () -> {
                start.await();
                return http.send("POST", KEYS, TOKEN, BODY, good).status();
            };
            for (int i = 0; i < racers; i++) {
                answers.add(threads.submit(racer));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnly(201, 401).containsOnlyOnce(201);
        }
        assertThat(countingKeys()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-302, 302})
    void aTimeTooFarFromNowIsRefusedAndTheServersTimeTold(long seconds) {
        var headers = signer.headers(
                "POST", http.uri(KEYS), BODY, Instant.now().getEpochSecond() + seconds, UUID.randomUUID());

        Reply refused = http.send("POST", KEYS, TOKEN, BODY, headers);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("timestamp_out_of_window");
        assertThat(Instant.parse(refused.json().get("server_time").asString()))
                .isBetween(Instant.now().minusSeconds(20), Instant.now().plusSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(longs = {-295, 295})
    void aTimeWithinTheWindowIsTaken(long seconds) {
        var headers = signer.headers(
                "POST", http.uri(KEYS), BODY, Instant.now().getEpochSecond() + seconds, UUID.randomUUID());

        assertThat(http.send("POST", KEYS, TOKEN, BODY, headers).status()).isEqualTo(201);
    }

    @Test
    void anUnknownKeyAWrongSignatureAndAForeignKeyLookTheSame() {
        Reply unknown = post(new Signer(UUID.randomUUID(), issued.secret()), KEYS, BODY);
        Reply wrong = post(new Signer(issued.key().id(), new KeySecret(new byte[32])), KEYS, BODY);
        Reply foreign = http.send("POST", KEYS, TOKEN2, BODY, signer.headers("POST", http.uri(KEYS), BODY));

        assertThat(List.of(unknown, wrong, foreign)).extracting(Reply::status).containsOnly(401);
        assertThat(withoutTrace(wrong)).isEqualTo(withoutTrace(unknown));
        assertThat(withoutTrace(foreign)).isEqualTo(withoutTrace(unknown));
    }

    @Test
    void theSignatureIsCheckedBeforeTheBodyIsParsed() {
        Map<String, String> good = signer.headers("POST", http.uri(KEYS), "not json");

        assertThat(http.send("POST", KEYS, TOKEN, "not json", good).code()).isEqualTo("malformed_request");
        assertThat(http.send("POST", KEYS, TOKEN, "not JSON", good).code()).isEqualTo("signature_invalid");
    }

    @Test
    void aBodyMayHave64KilobytesAndNoByteMore() {
        String full = "{\"label\":\"" + "x".repeat(65_536 - 12) + "\"}";

        assertThat(full).hasSize(65_536);
        assertThat(post(KEYS, full).code()).isEqualTo("validation_failed");
        assertThat(post(KEYS, full + " ").status()).isEqualTo(413);
    }

    @Test
    void aSignatureOnAReadingRequestIsCheckedWhenItIsSent() {
        Map<String, String> good = signer.headers("GET", http.uri(ORDERS + "?external_id=1"), "");

        assertThat(http.send("GET", ORDERS + "?external_id=2", TOKEN, null, good)
                        .code())
                .isEqualTo("signature_invalid");
        assertThat(http.send("GET", ORDERS + "?external_id=1", TOKEN, null, good)
                        .status())
                .isEqualTo(200);
    }
}

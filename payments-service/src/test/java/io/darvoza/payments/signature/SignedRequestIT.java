package io.darvoza.payments.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import io.darvoza.payments.TestPartners;
import io.darvoza.payments.signature.model.AddressRange;
import io.darvoza.payments.signature.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

@RealService
class SignedRequestIT {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String KEYS = "/v1/payments/keys";
    private static final String BODY = "{\"label\":\"second\",\"scopes\":[\"read\"]}";
    private static final String TOKEN = TestTokens.shared().program("partner", "partner");
    private static final String TOKEN2 = TestTokens.shared().program("partner2", "partner");

    @Autowired
    private ApiKeys keys;

    @Autowired
    private DatabaseClient database;

    @LocalServerPort
    private int port;

    private PartnerHttp http;
    private UUID partner;
    private IssuedKey issued;
    private Signer signer;

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
        String path = KEYS + "?note=a&note=b";
        Map<String, String> good = signer.headers("POST", http.uri(path), BODY);

        for (int i = 0; i < BODY.length(); i++) {
            assertRefused(http.send("POST", path, TOKEN, changed(BODY, i), good), "body, byte " + i);
        }
        assertRefused(http.send("PUT", path, TOKEN, BODY, good), "method");
        assertRefused(http.send("POST", KEYS + "?note=a&note=c", TOKEN, BODY, good), "query");
        assertRefused(http.send("POST", KEYS + "/?note=a&note=b", TOKEN, BODY, good), "path");
        for (String header : List.of("X-Key-Id", "X-Nonce", "X-Signature")) {
            for (int i = 0; i < good.get(header).length(); i++) {
                var bad = new HashMap<>(good);
                bad.put(header, changed(good.get(header), i));
                assertRefused(http.send("POST", path, TOKEN, BODY, bad), header + ", byte " + i);
            }
        }
        var late = new HashMap<>(good);
        late.put("X-Timestamp", Long.toString(Long.parseLong(good.get("X-Timestamp")) - 1));
        assertRefused(http.send("POST", path, TOKEN, BODY, late), "timestamp");
        assertNothingWritten();

        assertThat(http.send("POST", path, TOKEN, BODY, good).status()).isEqualTo(201);
    }

    @Test
    void theSameValuesInAnotherSpellingAreAnotherBody() {
        Map<String, String> good = signer.headers("POST", http.uri(KEYS), BODY);

        assertRefused(http.send("POST", KEYS, TOKEN, BODY.replace(":", ": "), good), "re-serialised");
    }

    @Test
    void theOrderOfTheQueryDoesNotMatter() {
        Map<String, String> good = signer.headers("POST", http.uri(KEYS + "?b=%2f&a=1"), BODY);

        assertThat(http.send("POST", KEYS + "?a=1&b=/", TOKEN, BODY, good).status())
                .isEqualTo(201);
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
    void aRevokedKeyIsRefusedFromTheNextRequestOn() {
        Reply revoked = http.send(
                "DELETE",
                KEYS + "/" + issued.key().id(),
                TOKEN,
                null,
                signer.headers("DELETE", http.uri(KEYS + "/" + issued.key().id()), ""));

        assertThat(revoked.status()).as(revoked.text()).isEqualTo(204);
        assertThat(post(KEYS, BODY).code()).isEqualTo("key_revoked");
        assertThat(database.sql("select action from audit_log where object_id = :id")
                        .bind("id", issued.key().id().toString())
                        .mapValue(String.class)
                        .all()
                        .collectList()
                        .block(BOUND))
                .containsExactly("api_key_revoked");
        assertThat(http.send("GET", KEYS, TOKEN, null, Map.of())
                        .json()
                        .at("/keys/0/status")
                        .asString())
                .isEqualTo("revoked");
    }

    @Test
    void aRotatedKeyCountsUntilItsOverlapIsOver() {
        String rotate = KEYS + "/" + issued.key().id() + "/rotate";

        Reply rotated = post(rotate, "{\"overlap_seconds\":3600}");
        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        assertThat(post(KEYS, BODY).status()).isEqualTo(201);
        assertThat(post(rotate, "{}").code()).isEqualTo("state_conflict");
        database.sql("update api_key set expires_at = now() where id = :id")
                .bind("id", issued.key().id())
                .then()
                .block(BOUND);

        assertThat(post(KEYS, BODY).code()).isEqualTo("key_revoked");
        var next = new Signer(
                UUID.fromString(rotated.json().get("id").asString()),
                KeySecret.ofHex(rotated.json().get("secret_hex").asString()));
        assertThat(post(next, KEYS, BODY).status()).isEqualTo(201);
    }

    @Test
    void aRotationWithoutABodyTakesTheUsualOverlap() {
        String rotate = KEYS + "/" + issued.key().id() + "/rotate";
        Reply rotated = http.send("POST", rotate, TOKEN, null, signer.headers("POST", http.uri(rotate), ""));

        assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
        assertThat(keys.find(issued.key().id()).block(BOUND).key().expiresAt())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void aKeyIsUsedFromItsAddressesOnly() {
        var wish = new ApiKeys.Wish(
                "office", Set.of(Scope.MANAGE, Scope.READ), List.of(AddressRange.of("203.0.113.0/24")), null);
        Signer office = Signer.of(keys.issue(partner, wish, "test").block(BOUND));

        Reply inside = from("203.0.113.9", office);
        Reply outside = from("203.0.114.9", office);

        assertThat(inside.status()).isEqualTo(201);
        assertThat(outside.status()).isEqualTo(403);
        assertThat(outside.code()).isEqualTo("ip_not_allowed");
    }

    private Reply from(String address, Signer by) {
        var headers = by.headers("POST", http.uri(KEYS), BODY);
        headers.put("X-Forwarded-For", address);
        return http.send("POST", KEYS, TOKEN, BODY, headers);
    }

    @Test
    void aKeyDoesOnlyWhatItIsFor() {
        var wish = new ApiKeys.Wish("orders", Set.of(Scope.CREATE), List.of(), null);
        Signer orders = Signer.of(keys.issue(partner, wish, "test").block(BOUND));

        Reply refused = post(orders, KEYS, BODY);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("required_scope").asString()).isEqualTo("manage");
        Reply reading = http.send("GET", KEYS, TOKEN, null, orders.headers("GET", http.uri(KEYS), ""));
        assertThat(reading.json().get("required_scope").asString()).isEqualTo("read");
    }

    @Test
    void aKeyCannotMakeAKeyThatMayDoMore() {
        var wish = new ApiKeys.Wish("manage", Set.of(Scope.MANAGE), List.of(), null);
        Signer narrow = Signer.of(keys.issue(partner, wish, "test").block(BOUND));

        assertThat(post(narrow, KEYS, "{\"label\":\"wide\",\"scopes\":[\"payout\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(post(narrow, KEYS + "/" + issued.key().id() + "/rotate", "{}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aSignatureOnAReadingRequestIsCheckedWhenItIsSent() {
        Map<String, String> good = signer.headers("GET", http.uri(KEYS + "?a=1"), "");

        assertThat(http.send("GET", KEYS + "?a=2", TOKEN, null, good).code()).isEqualTo("signature_invalid");
        assertThat(http.send("GET", KEYS + "?a=1", TOKEN, null, good).status()).isEqualTo(200);
    }

    @Test
    void aPersonOfThePartnerNeedsNoSignatureForKeysButCannotWriteOrders() {
        String person = TestTokens.shared()
                .draft()
                .user("partner_user", "partner")
                .claim("partner", "partner")
                .sign();

        assertThat(http.send("POST", KEYS, person, BODY, Map.of()).status()).isEqualTo(201);
        assertThat(http.send("POST", "/v1/payments/orders", person, "{}", Map.of())
                        .code())
                .isEqualTo("signature_invalid");
    }

    @Test
    void aForeignKeyIsNotThere() {
        Signer other = Signer.of(
                keys.issue(TestPartners.add(database, "partner2"), ApiKeys.Wish.forEverything("other"), "test")
                        .block(BOUND));
        String path = KEYS + "/" + issued.key().id();

        assertThat(http.send("DELETE", path, TOKEN2, null, other.headers("DELETE", http.uri(path), ""))
                        .status())
                .isEqualTo(404);
        assertThat(keys.find(issued.key().id()).block(BOUND).key().revokedAt()).isNull();
    }

    @Test
    void aPartnerHasNoMoreKeysThanItMayHave() {
        for (int i = 1; i < 20; i++) {
            assertThat(post(KEYS, BODY).status()).isEqualTo(201);
        }
        Reply full = post(KEYS, BODY);

        assertThat(full.status()).isEqualTo(409);
        assertThat(full.code()).isEqualTo("too_many_keys");
    }

    @Test
    void everyWrongMemberOfANewKeyIsNamed() {
        Reply refused = post(
                KEYS,
                "{\"label\":\" \",\"scopes\":[\"read\",\"fly\"],\"ip_allowlist\":[\"localhost\"],"
                        + "\"expires_at\":\"2020-01-01T00:00:00Z\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/label", "/scopes/1", "/ip_allowlist/0", "/expires_at");
        assertThat(post(KEYS, "{\"label\":\"a\",\"label\":\"b\",\"scopes\":[\"read\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(post(KEYS, "{\"label\":\"a\",\"scopes\":[\"read\"],\"x\":1}").status())
                .isEqualTo(400);
        assertNothingWritten();
    }

    private Reply post(String path, String body) {
        return post(signer, path, body);
    }

    private Reply post(Signer by, String path, String body) {
        return http.send("POST", path, TOKEN, body, by.headers("POST", http.uri(path), body));
    }

    private static void assertRefused(Reply reply, String what) {
        assertThat(reply.status()).as(what).isEqualTo(401);
        assertThat(reply.code()).as(what).isEqualTo("signature_invalid");
    }

    private void assertNothingWritten() {
        assertThat(countingKeys()).isEqualTo(1);
    }

    private long countingKeys() {
        return keys.countingOf(partner).block(BOUND);
    }

    private static String withoutTrace(Reply reply) {
        return reply.text().replaceAll("\"traceId\":\"[^\"]*\"", "");
    }

    private static String changed(String text, int index) {
        char other = text.charAt(index) == '1' ? '2' : '1';
        return text.substring(0, index) + other + text.substring(index + 1);
    }
}

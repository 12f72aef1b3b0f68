package io.darvoza.payments.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.TestPartners;
import io.darvoza.payments.signature.model.AddressRange;
import io.darvoza.payments.signature.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The life of an API key: what it may do, from where, and until when. */
class ApiKeysIT extends SignatureFixture {

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
}

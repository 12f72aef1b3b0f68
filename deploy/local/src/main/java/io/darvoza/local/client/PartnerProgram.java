package io.darvoza.local.client;

import io.darvoza.local.client.Http.Reply;
import io.darvoza.local.state.PartnerKey;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A partner's program: a token, and a signature over every request that changes something (docs/payments/signature.md). */
public final class PartnerProgram {

    private static final HexFormat HEX = HexFormat.of();

    private final Http http;
    private final String token;
    private final PartnerKey key;

    public PartnerProgram(Http http, String token, PartnerKey key) {
        this.http = http;
        this.token = token;
        this.key = key;
    }

    public Reply get(String path) {
        return http.get(path, token);
    }

    /** Sends the body, signed now. */
    public Reply post(String path, String body, String... headers) {
        return http.send(signed("POST", path, body, headers));
    }

    public Reply delete(String path) {
        return http.send(signed("DELETE", path, "", new String[0]));
    }

    /** A request for a new order, signed now; sent twice, it is a replay. */
    public HttpRequest order(String type, String amount, String externalId, String idempotencyKey) {
        var body = "{\"type\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\",\"external_id\":\"%s\"}"
                .formatted(type, amount, PartnerKey.CURRENCY, externalId);
        return signed("POST", "/v1/payments/orders", body, "Idempotency-Key", idempotencyKey);
    }

    /** A new order. */
    public Reply order(String type, String amount) {
        var id = UUID.randomUUID().toString();
        return http.send(order(type, amount, id, id));
    }

    /** A new deposit for what a contract demands. */
    public Reply depositFor(String contract, String amount) {
        var id = UUID.randomUUID().toString();
        var body =
                "{\"type\":\"deposit\",\"amount\":\"%s\",\"currency\":\"%s\",\"external_id\":\"%s\",\"reference\":{\"type\":\"contract\",\"id\":\"%s\"}}"
                        .formatted(amount, PartnerKey.CURRENCY, id, contract);
        return post("/v1/payments/orders", body, "Idempotency-Key", id);
    }

    /** The path has no query. */
    private HttpRequest signed(String method, String path, String body, String... headers) {
        var timestamp = Long.toString(Instant.now().getEpochSecond());
        var nonce = UUID.randomUUID().toString();
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var text =
                String.join("\n", "KPR1-HMAC-SHA256", method, path, "", timestamp, nonce, HEX.formatHex(sha256(bytes)));
        var request = http.request(path, token)
                .method(method, BodyPublishers.ofByteArray(bytes))
                .header("Content-Type", "application/json")
                .header("X-Key-Id", key.id())
                .header("X-Timestamp", timestamp)
                .header("X-Nonce", nonce)
                .header("X-Signature", "v1=" + HEX.formatHex(hmac(HEX.parseHex(key.secretHex()), text)));
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    /** HMAC-SHA-256 over the text. */
    static byte[] hmac(byte[] secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.darvoza.payments.signature;

import io.darvoza.payments.signature.model.CanonicalText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Signs requests as a partner does. */
public record Signer(UUID keyId, KeySecret secret) {

    public static Signer of(IssuedKey issued) {
        return new Signer(issued.key().id(), issued.secret());
    }

    /** The four headers of a request that is signed now. */
    public Map<String, String> headers(String method, URI uri, String body) {
        return headers(method, uri, body, Instant.now().getEpochSecond(), UUID.randomUUID());
    }

    public Map<String, String> headers(String method, URI uri, String body, long timestamp, UUID nonce) {
        String text = CanonicalText.of(
                method,
                uri.getRawPath(),
                uri.getRawQuery(),
                Long.toString(timestamp),
                nonce.toString(),
                body.getBytes(StandardCharsets.UTF_8));
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Key-Id", keyId.toString());
        headers.put("X-Timestamp", Long.toString(timestamp));
        headers.put("X-Nonce", nonce.toString());
        headers.put("X-Signature", "v1=" + HexFormat.of().formatHex(secret.sign(text)));
        return headers;
    }
}

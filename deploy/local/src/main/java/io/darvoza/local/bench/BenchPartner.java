package io.darvoza.local.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A partner's program: its token and the key that it signs with. */
record BenchPartner(UUID id, String token, String keyId, byte[] secret) {

    private static final String SCHEME = "KPR1-HMAC-SHA256";
    private static final String ALGORITHM = "HmacSHA256";

    /** The headers of a signed POST without a query. */
    Map<String, String> signed(String path, String body, Instant now, UUID nonce) {
        var timestamp = Long.toString(now.getEpochSecond());
        var text = String.join("\n", SCHEME, "POST", path, "", timestamp, nonce.toString(), sha256(body));
        return Map.of(
                "Authorization",
                "Bearer " + token,
                "X-Key-Id",
                keyId,
                "X-Timestamp",
                timestamp,
                "X-Nonce",
                nonce.toString(),
                "X-Signature",
                "v1=" + hmac(text));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String hmac(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "BenchPartner[" + id + "]";
    }
}

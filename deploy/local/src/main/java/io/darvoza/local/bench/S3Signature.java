package io.darvoza.local.bench;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Requests to an S3 server, signed by AWS Signature Version 4 with the body left out of the signature: the least work that a
 * client and the server can have with an object.
 */
record S3Signature(URI endpoint, String region, String accessKey, String secretKey) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String BODY_HASH = "UNSIGNED-PAYLOAD";
    private static final String SIGNED_HEADERS = "host;x-amz-content-sha256;x-amz-date";

    /** A request without a body yet. Method and path become part of the signature; the path needs no encoding. */
    HttpRequest.Builder sign(String method, String path, Instant now) {
        var time = TIME.format(now);
        var canonical = String.join(
                "\n",
                method,
                path,
                "",
                "host:" + endpoint.getAuthority(),
                "x-amz-content-sha256:" + BODY_HASH,
                "x-amz-date:" + time,
                "",
                SIGNED_HEADERS,
                BODY_HASH);
        var scope = "%s/%s/s3/aws4_request".formatted(time.substring(0, 8), region);
        var toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(canonical));
        return HttpRequest.newBuilder(endpoint.resolve(path))
                .header("x-amz-content-sha256", BODY_HASH)
                .header("x-amz-date", time)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                                .formatted(accessKey, scope, SIGNED_HEADERS, signature(scope, toSign)));
    }

    private String signature(String scope, String toSign) {
        var key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

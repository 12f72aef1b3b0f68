package io.darvoza.local.bench;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests to an S3 server, signed by AWS Signature Version 4 as the S3 clients do over plain http. */
record S3Signature(URI endpoint, String region, String accessKey, String secretKey) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String HASH_HEADER = "x-amz-content-sha256";
    private static final String NO_BODY = sha256(new byte[0], 0);

    /** A signed request without a body. The path needs no encoding. */
    HttpRequest.Builder bodiless(String method, String path, Instant now) {
        var headers = new TreeMap<String, String>();
        headers.put(HASH_HEADER, NO_BODY);
        return new Signing(now).sign(method, path, headers).method(method, HttpRequest.BodyPublishers.noBody());
    }

    /** A PUT whose body goes in chunks, each with its own signature, so that the server knows that all has come unchanged. */
    HttpRequest.Builder put(String path, long length, Supplier<InputStream> content, Instant now) {
        var headers = new TreeMap<String, String>();
        headers.put(HASH_HEADER, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        headers.put("x-amz-decoded-content-length", Long.toString(length));
        var signing = new Signing(now);
        var request = signing.sign("PUT", path, headers);
        return request.header("Content-Encoding", "aws-chunked")
                .PUT(Uploads.body(
                        () -> new SignedChunks(content.get(), signing::nextChunk), SignedChunks.encodedLength(length)));
    }

    /** One request's signatures: of its head, and then of each chunk, which is chained to the one before. */
    private final class Signing {

        private final String time;
        private final String scope;
        private final Mac mac;
        private String last = "";

        Signing(Instant now) {
            time = TIME.format(now);
            scope = "%s/%s/s3/aws4_request".formatted(time.substring(0, 8), region);
            var key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
            for (var part : scope.split("/")) {
                key = mac(key).doFinal(part.getBytes(StandardCharsets.UTF_8));
            }
            mac = mac(key);
        }

        HttpRequest.Builder sign(String method, String path, TreeMap<String, String> headers) {
            headers.put("host", endpoint.getAuthority());
            headers.put("x-amz-date", time);
            var names = String.join(";", headers.keySet());
            var canonical = new StringBuilder(method + "\n" + path + "\n\n");
            headers.forEach((name, value) ->
                    canonical.append(name).append(':').append(value).append('\n'));
            canonical.append('\n').append(names).append('\n').append(headers.get(HASH_HEADER));
            var bytes = canonical.toString().getBytes(StandardCharsets.UTF_8);
            last = signature("AWS4-HMAC-SHA256", sha256(bytes, bytes.length));
            var request = HttpRequest.newBuilder(endpoint.resolve(path));
            headers.remove("host");
            headers.forEach(request::header);
            return request.header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                            .formatted(accessKey, scope, names, last));
        }

        String nextChunk(byte[] chunk, int length) {
            last = signature("AWS4-HMAC-SHA256-PAYLOAD", last, NO_BODY, sha256(chunk, length));
            return last;
        }

        private String signature(String algorithm, String... rest) {
            var text = String.join("\n", algorithm, time, scope, String.join("\n", rest));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Mac mac(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] bytes, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

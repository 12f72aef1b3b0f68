import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to Darvoza payments and checks its callbacks. The JDK alone, no library. */
public final class DarvozaClient {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private DarvozaClient() {}

    static String canonicalQuery(String query) {
        return Arrays.stream(query.split("&"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.split("=", 2))
                .map(pair -> new String[] {encoded(pair[0]), pair.length == 2 ? encoded(pair[1]) : ""})
                .sorted(Comparator.<String[], String>comparing(pair -> pair[0]).thenComparing(pair -> pair[1]))
                .map(pair -> pair[0] + "=" + pair[1])
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        var octets = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                octets.write(HexFormat.fromHexDigits(new String(bytes, i + 1, 2, StandardCharsets.US_ASCII)));
                i += 2;
            } else {
                octets.write(bytes[i]);
            }
        }
        var text = new StringBuilder();
        for (byte octet : octets.toByteArray()) {
            text.append(UNRESERVED.indexOf(octet) >= 0 ? String.valueOf((char) octet) : "%%%02X".formatted(octet));
        }
        return text.toString();
    }

    /** The four headers. target is path and query exactly as they are sent, body the bytes that are sent. */
    public static Map<String, String> signedHeaders(
            String keyId, String secretHex, String method, String target, byte[] body, String timestamp, String nonce)
            throws GeneralSecurityException {
        int mark = target.indexOf('?');
        String text = String.join(
                "\n",
                "KPR1-HMAC-SHA256",
                method.toUpperCase(Locale.ROOT),
                mark < 0 ? target : target.substring(0, mark),
                canonicalQuery(mark < 0 ? "" : target.substring(mark + 1)),
                timestamp,
                nonce,
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)));
        byte[] signature = hmac(HexFormat.of().parseHex(secretHex), text.getBytes(StandardCharsets.UTF_8));
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Key-Id", keyId);
        headers.put("X-Timestamp", timestamp);
        headers.put("X-Nonce", nonce);
        headers.put("X-Signature", "v1=" + HexFormat.of().formatHex(signature));
        return headers;
    }

    /** Sends a signed request. */
    public static HttpResponse<String> call(
            String url, String token, String keyId, String secretHex, String method, String target, byte[] body)
            throws GeneralSecurityException, IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + target))
                .timeout(Duration.ofSeconds(15))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
        String now = Long.toString(Instant.now().getEpochSecond());
        signedHeaders(keyId, secretHex, method, target, body, now, UUID.randomUUID().toString())
                .forEach(request::header);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Whether a callback is ours and of now. body are the bytes as they arrived. */
    public static boolean isGenuine(
            String secret, String id, String timestamp, String signatures, byte[] body, Instant now)
            throws GeneralSecurityException {
        if (!timestamp.matches("[0-9]{1,12}")
                || Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) > 300) {
            return false;
        }
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] text = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, text, head.length, body.length);
        byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(hmac(key, text)))
                .getBytes(StandardCharsets.US_ASCII);
        return Arrays.stream(signatures.split(" "))
                .anyMatch(given -> MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> env = System.getenv();
        byte[] body = System.in.readAllBytes();
        switch (arguments[0]) {
            case "sign" ->
                signedHeaders(
                                env.get("DARVOZA_KEY_ID"),
                                env.get("DARVOZA_SECRET_HEX"),
                                arguments[1],
                                arguments[2],
                                body,
                                env.getOrDefault(
                                        "DARVOZA_TIMESTAMP", Long.toString(Instant.now().getEpochSecond())),
                                env.getOrDefault("DARVOZA_NONCE", UUID.randomUUID().toString()))
                        .forEach((name, value) -> System.out.println(name + ": " + value));
            case "call" -> {
                HttpResponse<String> answer = call(
                        env.get("DARVOZA_URL"),
                        env.get("DARVOZA_TOKEN"),
                        env.get("DARVOZA_KEY_ID"),
                        env.get("DARVOZA_SECRET_HEX"),
                        arguments[1],
                        arguments[2],
                        body);
                System.out.println(answer.statusCode());
                System.out.println(answer.body());
            }
            case "verify" -> {
                String now = env.get("WEBHOOK_NOW");
                boolean good = isGenuine(
                        env.get("WEBHOOK_SECRET"),
                        env.get("WEBHOOK_ID"),
                        env.get("WEBHOOK_TIMESTAMP"),
                        env.get("WEBHOOK_SIGNATURE"),
                        body,
                        now == null ? Instant.now() : Instant.ofEpochSecond(Long.parseLong(now)));
                System.out.println(good ? "genuine" : "refused");
            }
            default -> throw new IllegalArgumentException("sign, call or verify");
        }
    }
}

package io.darvoza.payments.signature.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.darvoza.payments.signature.KeySecret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The published vectors, which the clients' samples are held against, too. */
class SignatureVectorTests {

    private static final KeySecret SECRET =
            KeySecret.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
    private static final String TIMESTAMP = "1767225600";
    private static final String NONCE = "7f1c2a90-5a0e-4b6b-9d53-0c6f3a1e2b4d";
    private static final String BODY =
            "{\"type\":\"deposit\",\"amount\":\"1500.00\",\"currency\":\"RUB\",\"external_id\":\"order-42\"}";
    private static final String QUERY = "external_id=order-42&status=new";

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/payments/orders, true, ae08a6f16ce88e1210a2fe04929403126cca35098c2254eaf59c6059655c781d",
        "GET, /v1/payments/orders, false, bdc5d5462c32cc0c420139a4252b36c7302776ef7bfbb7f3d763e9b370f21a79",
        "POST, /api/v1/payments, true, 86e4ddce9d7b85f255218ff29ed53be84b2f3afe4f2bce1f6320f029e16b2de4",
        "GET, /api/v1/payments, false, c8b2129c308e96bebd2330ab927f98c0dd4c1e3093f5d861b867e80c15476c2f"
    })
    void signsTheVectors(String method, String path, boolean withBody, String expected) {
        String text = withBody
                ? CanonicalText.of(method, path, null, TIMESTAMP, NONCE, bytes(BODY))
                : CanonicalText.of(method, path, QUERY, TIMESTAMP, NONCE, new byte[0]);

        assertThat(HexFormat.of().formatHex(SECRET.sign(text))).isEqualTo(expected);
    }

    @Test
    void theTextHasSevenLinesWithoutALastLineFeed() {
        assertThat(CanonicalText.of("post", "/a%20b", null, TIMESTAMP, NONCE, new byte[0]))
                .isEqualTo("KPR1-HMAC-SHA256\nPOST\n/a%20b\n\n" + TIMESTAMP + "\n" + NONCE
                        + "\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b=2&a=1            | a=1&b=2",
                "a=2&a=10&a=1       | a=1&a=10&a=2",
                "a=x%2fy            | a=x%2Fy",
                "a=x/y              | a=x%2Fy",
                "a=%7Eb             | a=~b",
                "a+b=c+d            | a%2Bb=c%2Bd",
                "a=%20              | a=%20",
                "flag               | flag=",
                "&a=1&&             | a=1",
                "a=b=c              | a=b%3Dc",
                "я=1                | %D1%8F=1",
                "%d1%8f=1           | %D1%8F=1"
            })
    void aQueryHasOneSpelling(String raw, String canonical) {
        assertThat(CanonicalQuery.of(raw)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"a=%", "a=%4", "a=%zz", "%g0=1"})
    void aBrokenEscapeIsRefused(String raw) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalQuery.of(raw));
    }

    static Stream<String> parts() {
        return Stream.of("method", "path", "query", "timestamp", "nonce", "body", "secret");
    }

    /** Every byte of every part counts. */
    @ParameterizedTest
    @MethodSource("parts")
    void oneChangedByteOfAPartChangesTheSignature(String part) {
        byte[] original = signature(part, -1);

        IntStream.range(0, length(part))
                .forEach(index -> assertThat(signature(part, index))
                        .as("%s, byte %d", part, index)
                        .isNotEqualTo(original));
    }

    private static int length(String part) {
        return value(part, null, -1).length();
    }

    private static byte[] signature(String changed, int index) {
        String text = CanonicalText.of(
                value("method", changed, index),
                value("path", changed, index),
                value("query", changed, index),
                value("timestamp", changed, index),
                value("nonce", changed, index),
                bytes(value("body", changed, index)));
        return KeySecret.ofHex(value("secret", changed, index)).sign(text);
    }

    private static String value(String part, String changed, int index) {
        String original = switch (part) {
            case "method" -> "POST";
            case "path" -> "/v1/payments/orders";
            case "query" -> QUERY;
            case "timestamp" -> TIMESTAMP;
            case "nonce" -> NONCE;
            case "body" -> BODY;
            default -> SECRET.hex();
        };
        return part.equals(changed) && index >= 0 ? changed(original, index) : original;
    }

    private static String changed(String text, int index) {
        char other = text.charAt(index) == '1' ? '2' : '1';
        return text.substring(0, index) + other + text.substring(index + 1);
    }

    @Test
    void aSecretShowsItselfToNobodyByChance() {
        assertThat(SECRET.toString()).doesNotContain("00112233");
        assertThatIllegalArgumentException().isThrownBy(() -> new KeySecret(new byte[31]));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

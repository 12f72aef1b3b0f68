package io.darvoza.payments.signature.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The four headers of a signed request.
 *
 * @param timestamp seconds since 1970, as sent
 * @param nonce as sent
 * @param signature 32 bytes
 */
public record SignatureHeaders(UUID keyId, String timestamp, String nonce, byte[] signature) {

    public static final String KEY_ID = "X-Key-Id";
    public static final String TIMESTAMP = "X-Timestamp";
    public static final String NONCE = "X-Nonce";
    public static final String SIGNATURE = "X-Signature";

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern UUID_4_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,11}");
    private static final Pattern VERSION_1 = Pattern.compile("v1=([0-9a-f]{64})");

    /** What reading the headers came to. */
    public sealed interface Reading {}

    /** All four are there once, in their one spelling. */
    public record Complete(SignatureHeaders headers) implements Reading {}

    /** The headers that are missing, repeated, or in another spelling. */
    public record Broken(List<String> names) implements Reading {

        public Broken {
            names = List.copyOf(names);
        }
    }

    /** Reads the headers; {@code values} gives all values of a name. */
    public static Reading read(Function<String, List<String>> values) {
        var broken = new ArrayList<String>();
        String keyId = one(KEY_ID, UUID_TEXT, values, broken);
        String timestamp = one(TIMESTAMP, SECONDS, values, broken);
        String nonce = one(NONCE, UUID_4_TEXT, values, broken);
        String signature = one(SIGNATURE, VERSION_1, values, broken);
        return broken.isEmpty()
                ? new Complete(new SignatureHeaders(
                        UUID.fromString(keyId), timestamp, nonce, HexFormat.of().parseHex(signature)))
                : new Broken(broken);
    }

    private static String one(String name, Pattern form, Function<String, List<String>> values, List<String> broken) {
        List<String> sent = values.apply(name);
        Matcher matcher = form.matcher(sent.size() == 1 ? sent.getFirst() : "");
        if (!matcher.matches()) {
            broken.add(name);
            return "";
        }
        return matcher.group(matcher.groupCount());
    }

    /** Whether the timestamp is at most so far from now, before or after. */
    public boolean isWithin(Duration skew, Instant now) {
        long distance = Math.abs(Math.subtractExact(now.getEpochSecond(), Long.parseLong(timestamp)));
        return distance <= skew.toSeconds();
    }

    public UUID nonceId() {
        return UUID.fromString(nonce);
    }
}

package io.darvoza.payments.signature.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a partner signs: seven lines that say the same to both sides, whatever a proxy does to spaces and header names. */
public final class CanonicalText {

    /** The first line, which names the scheme: a signature for another purpose never fits. */
    public static final String SCHEME = "KPR1-HMAC-SHA256";

    private CanonicalText() {}

    /**
     * The text of a request.
     *
     * @param rawPath as sent, with its percent-encoding, without host and query
     * @param rawQuery as sent, without the question mark; null when there is none
     * @param timestamp as sent
     * @param nonce as sent
     * @param body as sent, before any parsing
     */
    public static String of(
            String method, String rawPath, @Nullable String rawQuery, String timestamp, String nonce, byte[] body) {
        return String.join(
                "\n",
                SCHEME,
                method.toUpperCase(Locale.ROOT),
                rawPath,
                CanonicalQuery.of(rawQuery),
                timestamp,
                nonce,
                HexFormat.of().formatHex(sha256(body)));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The bytes that the signature is over. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

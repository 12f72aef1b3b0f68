package io.darvoza.payments.webhook;

import io.darvoza.common.crypto.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** The secret of an endpoint, after Standard Webhooks: 24 to 64 bytes, written {@code whsec_} and Base64. Its text form hides them. */
final class WebhookSecret {

    static final int LENGTH = 32;

    private static final String PREFIX = "whsec_";

    private final byte[] bytes;

    WebhookSecret(byte[] bytes) {
        if (bytes.length < 24 || bytes.length > 64) {
            throw new IllegalArgumentException("a webhook secret has 24 to 64 bytes");
        }
        this.bytes = bytes.clone();
    }

    static WebhookSecret of(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret begins with " + PREFIX);
        }
        return new WebhookSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    }

    /** The secret in clear, to be shown once and to be encrypted. */
    String text() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** One signature of the header {@code webhook-signature}: {@code v1,} and Base64 of the MAC over id, time and body. */
    String sign(String messageId, Instant time, String body) {
        String text = messageId + "." + time.getEpochSecond() + "." + body;
        return "v1," + Base64.getEncoder().encodeToString(Hmac.sha256(bytes, text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "WebhookSecret[…]";
    }
}

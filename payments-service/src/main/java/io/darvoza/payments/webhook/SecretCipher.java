package io.darvoza.payments.webhook;

import io.darvoza.common.crypto.FieldCipher;
import io.darvoza.common.crypto.FieldPlace;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Secrets of endpoints as they lie in the database. One that becomes the previous one stays what it is. */
@Component
final class SecretCipher {

    private final FieldCipher cipher;

    SecretCipher(FieldCipher cipher) {
        this.cipher = cipher;
    }

    ByteBuffer encrypt(WebhookSecret secret, UUID endpoint) {
        return ByteBuffer.wrap(cipher.encrypt(secret.text(), place(endpoint)));
    }

    WebhookSecret decrypt(byte[] ciphertext, UUID endpoint) {
        return WebhookSecret.of(cipher.decrypt(ciphertext, place(endpoint)));
    }

    private static FieldPlace place(UUID endpoint) {
        return new FieldPlace("webhook_endpoint", "secret", endpoint.toString());
    }
}

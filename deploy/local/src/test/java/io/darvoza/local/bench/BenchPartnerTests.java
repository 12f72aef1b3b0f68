package io.darvoza.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BenchPartnerTests {

    private static final byte[] SECRET = HexFormat.of().parseHex("00112233445566778899aabbccddeeff".repeat(2));
    private static final String BODY = """
        {"type":"deposit","amount":"1500.00","currency":"RUB","external_id":"order-42"}\
        """;

    @Test
    void signsAsTheVectorOfTheContract() {
        var partner = new BenchPartner(UUID.randomUUID(), "token", "key", SECRET);
        var nonce = UUID.fromString("7f1c2a90-5a0e-4b6b-9d53-0c6f3a1e2b4d");

        var headers = partner.signed("/v1/payments/orders", BODY, Instant.ofEpochSecond(1767225600), nonce);

        assertThat(headers)
                .containsEntry("X-Timestamp", "1767225600")
                .containsEntry("X-Nonce", nonce.toString())
                .containsEntry("X-Signature", "v1=ae08a6f16ce88e1210a2fe04929403126cca35098c2254eaf59c6059655c781d");
    }
}

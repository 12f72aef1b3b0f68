package io.darvoza.payments.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.signature.KeySecret;
import io.darvoza.payments.signature.Signer;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The clients' samples against the published vectors, and against forgeries. */
class SampleVectorTests {

    private static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final UUID KEY = UUID.fromString("0190a6d2-0000-7000-8000-000000000001");
    private static final UUID NONCE = UUID.fromString("7f1c2a90-5a0e-4b6b-9d53-0c6f3a1e2b4d");
    private static final long TIME = 1767225600;
    private static final String BODY =
            "{\"type\":\"deposit\",\"amount\":\"1500.00\",\"currency\":\"RUB\",\"external_id\":\"order-42\"}";
    private static final Map<String, String> SIGNING = Map.of(
            "DARVOZA_KEY_ID", KEY.toString(),
            "DARVOZA_SECRET_HEX", SECRET,
            "DARVOZA_TIMESTAMP", Long.toString(TIME),
            "DARVOZA_NONCE", NONCE.toString());
    private static final String CALLBACK =
            "{\"type\":\"payment.approved\",\"data\":{\"uid\":\"11111111-2222-4333-8444-555555555555\"}}";
    private static final Map<String, String> GENUINE = Map.of(
            "WEBHOOK_SECRET", "whsec_ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=",
            "WEBHOOK_ID", "evt_01JTEST0000000000000000000",
            "WEBHOOK_TIMESTAMP", Long.toString(TIME),
            "WEBHOOK_SIGNATURE", "v1,dnsT1yHPa2EY9GQ54C8pRL/MWZwic4B7mhnLR44hpwA=",
            "WEBHOOK_NOW", Long.toString(TIME + 300));

    @ParameterizedTest
    @MethodSource("io.darvoza.payments.samples.Sample#toRun")
    void signsTheVectors(Sample sample) {
        assertThat(sample.run(SIGNING, BODY, "sign", "POST", "/v1/payments/orders"))
                .isEqualTo("""
                        X-Key-Id: %s
                        X-Timestamp: %d
                        X-Nonce: %s
                        X-Signature: v1=ae08a6f16ce88e1210a2fe04929403126cca35098c2254eaf59c6059655c781d""".formatted(KEY, TIME, NONCE));
        assertThat(sample.run(SIGNING, "", "sign", "GET", "/v1/payments/orders?status=new&external_id=order-42"))
                .endsWith("v1=bdc5d5462c32cc0c420139a4252b36c7302776ef7bfbb7f3d763e9b370f21a79");
    }

    @Test
    void theJavaSampleNeedsNoBuild() {
        assertThat(Sample.JAVA.runFile(SIGNING, BODY, "sign", "POST", "/v1/payments/orders"))
                .isEqualTo(Sample.JAVA.run(SIGNING, BODY, "sign", "POST", "/v1/payments/orders"));
    }

    @ParameterizedTest
    @MethodSource("io.darvoza.payments.samples.Sample#toRun")
    void signsAnOddQueryAsTheServiceDoes(Sample sample) {
        String target = "/v1/payments/orders?b=%2f&a=x/y&a=%7E+&%d1%8f=1&flag&=v&c=d=e&&";
        String signature = new Signer(KEY, KeySecret.ofHex(SECRET))
                .headers("GET", URI.create("http://h" + target), "", TIME, NONCE)
                .get("X-Signature");

        assertThat(sample.run(SIGNING, "", "sign", "GET", target)).endsWith(signature);
    }

    @ParameterizedTest
    @MethodSource("io.darvoza.payments.samples.Sample#toRun")
    void knowsAGenuineCallbackAndTwoSignatures(Sample sample) {
        assertThat(sample.run(GENUINE, CALLBACK, "verify")).isEqualTo("genuine");
        assertThat(sample.run(
                        changed("WEBHOOK_SIGNATURE", "v1,AAAA " + GENUINE.get("WEBHOOK_SIGNATURE")),
                        CALLBACK,
                        "verify"))
                .isEqualTo("genuine");
    }

    @ParameterizedTest
    @MethodSource("io.darvoza.payments.samples.Sample#toRun")
    void refusesForgeriesAndOldCallbacks(Sample sample) {
        assertThat(sample.run(GENUINE, CALLBACK + " ", "verify")).isEqualTo("refused");
        assertThat(sample.run(changed("WEBHOOK_ID", "evt_2"), CALLBACK, "verify"))
                .isEqualTo("refused");
        assertThat(sample.run(changed("WEBHOOK_TIMESTAMP", "1767225601"), CALLBACK, "verify"))
                .isEqualTo("refused");
        assertThat(sample.run(changed("WEBHOOK_TIMESTAMP", "soon"), CALLBACK, "verify"))
                .isEqualTo("refused");
        assertThat(sample.run(changed("WEBHOOK_SIGNATURE", "v1,"), CALLBACK, "verify"))
                .isEqualTo("refused");
        assertThat(sample.run(changed("WEBHOOK_NOW", Long.toString(TIME + 301)), CALLBACK, "verify"))
                .isEqualTo("refused");
        assertThat(sample.run(changed("WEBHOOK_NOW", Long.toString(TIME - 301)), CALLBACK, "verify"))
                .isEqualTo("refused");
    }

    private static Map<String, String> changed(String name, String value) {
        var changed = new HashMap<>(GENUINE);
        changed.put(name, value);
        return changed;
    }
}

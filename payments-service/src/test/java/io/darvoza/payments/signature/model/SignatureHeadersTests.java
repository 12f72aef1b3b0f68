package io.darvoza.payments.signature.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureHeadersTests {

    private static final Map<String, String> GOOD = Map.of(
            "X-Key-Id", "0190a6d2-0000-7000-8000-000000000001",
            "X-Timestamp", "1767225600",
            "X-Nonce", "7f1c2a90-5a0e-4b6b-9d53-0c6f3a1e2b4d",
            "X-Signature", "v1=" + "ab".repeat(32));

    @Test
    void readsFourGoodHeaders() {
        SignatureHeaders.Reading reading = SignatureHeaders.read(name -> List.of(GOOD.get(name)));

        assertThat(reading).isInstanceOfSatisfying(SignatureHeaders.Complete.class, complete -> {
            assertThat(complete.headers().timestamp()).isEqualTo("1767225600");
            assertThat(complete.headers().signature()).hasSize(32).containsOnly(0xab);
        });
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "X-Key-Id,1-1-1-1-1",
                "X-Key-Id,0190A6D2-0000-7000-8000-000000000001",
                "X-Timestamp,+1767225600",
                "X-Timestamp,01767225600",
                "X-Timestamp,1767225600.0",
                "X-Timestamp,9999999999999",
                "X-Timestamp,१७६७२२५६००",
                "X-Nonce,7f1c2a90-5a0e-1b6b-9d53-0c6f3a1e2b4d",
                "X-Nonce,7f1c2a905a0e4b6b9d530c6f3a1e2b4d",
                "X-Signature,v2=abababababababababababababababababababababababababababababababab",
                "X-Signature,abababababababababababababababababababababababababababababababab",
                "X-Signature,v1=ABababababababababababababababababababababababababababababababab",
                "X-Signature,v1=ab"
            })
    void anotherSpellingIsBroken(String name, String value) {
        SignatureHeaders.Reading reading =
                SignatureHeaders.read(asked -> List.of(asked.equals(name) ? value : GOOD.get(asked)));

        assertThat(reading).isEqualTo(new SignatureHeaders.Broken(List.of(name)));
    }

    @Test
    void missingAndRepeatedHeadersAreNamed() {
        SignatureHeaders.Reading reading = SignatureHeaders.read(name -> switch (name) {
            case "X-Nonce" -> List.of();
            case "X-Key-Id" -> List.of(GOOD.get(name), GOOD.get(name));
            default -> List.of(GOOD.get(name));
        });

        assertThat(reading).isEqualTo(new SignatureHeaders.Broken(List.of("X-Key-Id", "X-Nonce")));
    }

    @ParameterizedTest
    @CsvSource({"0,true", "300,true", "-300,true", "301,false", "-301,false"})
    void theWindowEndsAtItsSecond(long seconds, boolean within) {
        var headers = ((SignatureHeaders.Complete) SignatureHeaders.read(name -> List.of(GOOD.get(name)))).headers();
        Instant now = Instant.ofEpochSecond(1767225600).plusSeconds(seconds);

        assertThat(headers.isWithin(Duration.ofSeconds(300), now)).isEqualTo(within);
    }
}

package io.darvoza.payments.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTests {

    private static final WebhookSecret SECRET = WebhookSecret.of("whsec_ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=");
    private static final String ID = "evt_01JTEST0000000000000000000";
    private static final Instant TIME = Instant.ofEpochSecond(1767225600);
    private static final String BODY =
            "{\"type\":\"payment.approved\",\"data\":{\"uid\":\"11111111-2222-4333-8444-555555555555\"}}";

    @Test
    void signsTheVector() {
        assertThat(SECRET.sign(ID, TIME, BODY)).isEqualTo("v1,dnsT1yHPa2EY9GQ54C8pRL/MWZwic4B7mhnLR44hpwA=");
    }

    @Test
    void idTimeAndBodyAllCount() {
        String signature = SECRET.sign(ID, TIME, BODY);

        assertThat(SECRET.sign(ID + "1", TIME, BODY)).isNotEqualTo(signature);
        assertThat(SECRET.sign(ID, TIME.plusSeconds(1), BODY)).isNotEqualTo(signature);
        assertThat(SECRET.sign(ID, TIME, BODY + " ")).isNotEqualTo(signature);
    }

    @Test
    void isReadAsItIsWrittenAndShowsItselfToNobodyByChance() {
        assertThat(WebhookSecret.of(SECRET.text()).text())
                .isEqualTo("whsec_ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=");
        assertThat(SECRET.toString()).doesNotContain("ABEi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8=", "whsec_ABEi", "whsec_%%%%"})
    void refusesWhatIsNoSecret(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.of(text));
    }
}

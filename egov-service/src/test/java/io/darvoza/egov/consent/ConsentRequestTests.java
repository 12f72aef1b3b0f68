package io.darvoza.egov.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsentRequestTests {

    private static final Instant GRANTED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void namesOnePersonForATime() {
        ConsentTable.Wish wish =
                request("900101300017", null, GRANTED.plus(Duration.ofDays(30))).toWish();

        assertThat(wish.number()).hasToString("••••••••0017");
        assertThat(wish.purpose()).isEqualTo("admission");
    }

    @Test
    void isRefusedWithoutARightNumberOrEnd() {
        Instant end = GRANTED.plus(Duration.ofDays(1));
        assertRefused(request(null, null, end));
        assertRefused(request("900101300017", "N12345678", end));
        assertRefused(request("900101300016", null, end));
        assertRefused(request("900101300017", null, GRANTED));
        assertRefused(request("900101300017", null, GRANTED.plus(Duration.ofDays(400))));
        assertRefused(request("900101300017", null, null));
    }

    private static void assertRefused(ConsentRequest request) {
        assertThatThrownBy(request::toWish).hasMessage("validation_failed");
    }

    private static ConsentRequest request(@Nullable String iin, @Nullable String passport, @Nullable Instant expires) {
        return new ConsentRequest(iin, passport, " admission ", "identity", "paper", null, GRANTED, expires);
    }
}

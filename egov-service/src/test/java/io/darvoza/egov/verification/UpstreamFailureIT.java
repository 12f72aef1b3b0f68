package io.darvoza.egov.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Portal;
import io.darvoza.egov.Scene;
import io.darvoza.egov.TestPortal;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of verifications when the portal is ill, slow, closed or away. */
class UpstreamFailureIT extends Scene {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | text/html        | <html>sorry</html>  | 502 | provider_failed      | UPSTREAM_FORMAT  | 1",
                "200 | application/json | {\"error\":\"bad key\"} | 502 | provider_failed      | UPSTREAM_AUTH    | 1",
                "200 | application/json | [{\"iin\":           | 502 | provider_failed      | UPSTREAM_FORMAT  | 1",
                "400 | application/json | {}                  | 502 | provider_failed      | UPSTREAM_REFUSED | 1",
                "403 | text/html        | <html>no</html>     | 502 | provider_failed      | UPSTREAM_AUTH    | 1",
                "404 | text/html        | <html>no</html>     | 503 | config_error         | CONFIG_ERROR     | 1",
                "429 | text/plain       | slowly              | 503 | provider_unavailable | UPSTREAM_RATE    | 1",
                "500 | text/plain       | ill                 | 502 | provider_failed      | UPSTREAM_ERROR   | 3",
                "503 | text/plain       | ill                 | 502 | provider_failed      | UPSTREAM_ERROR   | 3",
                "504 | text/plain       | ill                 | 504 | provider_timeout     | UPSTREAM_TIMEOUT | 3",
            })
    void everyFailureOfTheUpstreamHasItsProblemAndIsNeverRemembered(
            int upstream, String type, String body, int status, String code, String reason, int tries) {
        String iin = fresh();
        PORTAL.behave(Portal.body(upstream, type, body));

        Reply reply = http.iin(iin);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.word("code")).isEqualTo(code);
        assertThat(reply.word("reason")).isEqualTo(reason);
        assertThat(PORTAL.questionsAbout(iin)).hasSize(tries);
        assertThat(count("select count(*) from upstream_slot")).isEqualTo(tries);
        assertThat(count("select count(*) from verification where id = '%s' and status = 'failed' and attempts = %d"
                        .formatted(reply.word("verification_id"), tries)))
                .isEqualTo(1);

        PORTAL.behave(Portal::person);
        sql("delete from upstream_key");
        assertThat(http.iin(iin).word("status")).isEqualTo("verified");
    }

    @Test
    void toTheSeedAFailedUpstreamIsAnOutcome() {
        PORTAL.behave(Portal.body(200, "text/html", "<html></html>"));

        Reply reply = http.post("/egov/ajax/verify-iin/", Http.CLERK, "{\"iin\":\"" + fresh() + "\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.word("status")).isEqualTo("failed");
        assertThat(reply.word("reason")).isEqualTo("UPSTREAM_FORMAT");
        assertThat(reply.json().path("success").asBoolean()).isFalse();
    }

    @Test
    void aConnectionThatIsCutIsAFailure() {
        PORTAL.behave((call, _) -> {
            call.sendResponseHeaders(200, 1000);
            call.getResponseBody().write('[');
            call.getResponseBody().flush();
            call.close();
        });

        Reply reply = http.iin(fresh());

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.word("reason")).isEqualTo("UPSTREAM_ERROR");
    }

    @Test
    void anOlderVerdictStandsInWhenTheUpstreamFailsAndSaysSo() {
        String iin = fresh();
        Reply before = http.iin(iin);
        grownOld();
        PORTAL.behave(Portal.body(500, "text/plain", "ill"));

        Reply stale = http.iin(iin);

        assertThat(stale.status()).isEqualTo(200);
        assertThat(stale.json().path("stale").asBoolean()).isTrue();
        assertThat(stale.word("status")).isEqualTo("verified");
        assertThat(stale.word("checked_at")).isEqualTo(before.word("checked_at"));

        PORTAL.behave(Portal::person);
        Reply again = http.iin(iin);
        assertThat(again.json().path("stale").asBoolean()).isFalse();
        assertThat(again.json().path("from_cache").asBoolean()).isFalse();
    }

    @Test
    void theSixtyFirstIsRefusedWhileRememberedVerdictsPass() {
        String known = fresh();
        assertThat(http.iin(known).status()).isEqualTo(200);
        sql(
                "insert into upstream_slot select key_id, egov_clock(), 'single' from upstream_slot, generate_series(1, 59)");

        String unknown = fresh();
        Reply refused = http.iin(unknown);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.word("code")).isEqualTo("upstream_limit_reached");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(55, 63);
        assertThat(PORTAL.questionsAbout(unknown)).isEmpty();
        assertThat(http.iin(known).json().path("from_cache").asBoolean()).isTrue();
        assertThat(http.post("/egov/ajax/verify-iin/", Http.CLERK, "{\"iin\":\"" + unknown + "\"}")
                        .status())
                .isEqualTo(429);
    }

    @Test
    void anUpstreamThatStaysIllIsLeftAlone() {
        PORTAL.behave(Portal.body(500, "text/plain", "ill"));
        for (int i = 0; i < 4; i++) {
            assertThat(http.iin(fresh()).status()).isIn(502, 503);
        }
        int asked = PORTAL.questions().size();

        Reply reply = http.iin(fresh());

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.word("reason")).isEqualTo("BREAKER_OPEN");
        assertThat(reply.headers().firstValue("Retry-After")).contains("30");
        assertThat(PORTAL.questions()).hasSize(asked);
        assertThat(http.get("/egov/ajax/health/", null)
                        .json()
                        .at("/egov_api/breaker")
                        .asString())
                .isEqualTo("open");
    }

    /** What it knows goes on for a day; the rest is refused, after a few requests without any. */
    @Test
    void anHourWithoutTheUpstreamCostsAFewRequestsAndADayOfKnownAnswersGoesOn() {
        String known = fresh();
        assertThat(asLongAsItTakes(known).word("status")).isEqualTo("verified");
        PORTAL.behave((call, _) -> call.close());
        try {
            for (int minute = 1; minute <= 60; minute++) {
                TestPortal.CLOCK.advance(Duration.ofMinutes(1));
                Reply answer = asLongAsItTakes(known);
                assertThat(answer.word("status")).as("minute %d", minute).isEqualTo("verified");
                assertThat(answer.json().path("stale").asBoolean())
                        .as("minute %d", minute)
                        .isEqualTo(minute >= 5);
                assertThat(asLongAsItTakes(fresh()).status())
                        .as("minute %d", minute)
                        .isIn(502, 503);
            }
            // The breaker opens when ten are counted; each of them took a slot, and none after them.
            assertThat(count("select count(*) from upstream_slot")).isBetween(10L, 13L);
            assertThat(PORTAL.questions()).hasSizeBetween(10, 13);

            TestPortal.CLOCK.advance(Duration.ofMinutes(23 * 60 - 1));
            assertThat(asLongAsItTakes(known).json().path("stale").asBoolean()).isTrue();
            TestPortal.CLOCK.advance(Duration.ofMinutes(2));
            assertThat(asLongAsItTakes(known).word("reason")).isEqualTo("BREAKER_OPEN");

            PORTAL.behave(Portal::person);
            breaker().transitionToHalfOpenState();
            for (int i = 0; i < 3; i++) {
                assertThat(asLongAsItTakes(fresh()).word("status")).isEqualTo("verified");
            }
            assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
            assertThat(asLongAsItTakes(known).json().path("stale").asBoolean()).isFalse();
        } finally {
            TestPortal.CLOCK.advance(Duration.ofMinutes(-(60 + 23 * 60 + 1)));
        }
    }

    /** With a token that a day does not end. */
    private Reply asLongAsItTakes(String iin) {
        String token = TestTokens.shared()
                .draft()
                .user("egov_user", "egov_user")
                .claim("exp", Instant.now().plus(Duration.ofDays(9)).getEpochSecond())
                .sign();
        return http.post("/v1/egov/verify/iin", token, "{\"iin\":\"" + iin + "\"}");
    }

    @Test
    void whereNoSlotCanBeCountedNobodyIsAsked() {
        sql("alter table upstream_slot rename to away");
        try {
            Reply reply = http.iin(fresh());

            assertThat(reply.status()).isBetween(500, 503);
            assertThat(reply.text()).doesNotContain("upstream_slot", "Exception", "io.darvoza");
            assertThat(PORTAL.questions()).isEmpty();
        } finally {
            sql("alter table away rename to upstream_slot");
        }
        assertThat(http.iin(fresh()).word("status")).isEqualTo("verified");
    }
}

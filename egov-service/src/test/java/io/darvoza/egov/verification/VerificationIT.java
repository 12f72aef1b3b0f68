package io.darvoza.egov.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Portal;
import io.darvoza.egov.Scene;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Verifications as callers see them, with a portal behind the service that does as it is told. */
class VerificationIT extends Scene {

    @Autowired
    private MeterRegistry meters;

    @Test
    void aKnownNumberIsVerifiedWithWhatTheProviderTold() {
        String iin = fresh();

        Reply reply = http.iin(iin);

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.word("status")).isEqualTo("verified");
        assertThat(reply.json().path("is_verified").asBoolean()).isTrue();
        assertThat(reply.word("assurance")).isEqualTo("OPEN_DATA");
        assertThat(reply.word("source")).isEqualTo("persons/v1/iin");
        assertThat(reply.json().at("/data/full_name").asString()).isEqualTo("СЕРІКОВ ӘЛІ");
        assertThat(reply.json().at("/derived/reliable").asBoolean()).isFalse();
        assertThat(reply.word("number")).isEqualTo("••••••••" + iin.substring(8));
        assertThat(reply.text()).doesNotContain(iin);
        Portal.Question question = PORTAL.questionsAbout(iin).getFirst();
        assertThat(question.path()).isEqualTo("/api/v4/persons/v1");
        assertThat(question.key()).isEqualTo(Portal.KEY);
        assertThat(question.query()).contains("\"query\":{\"match\":{\"iin\":\"" + iin + "\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012", "900101300016"})
    void aWrongCheckDigitNeverTouchesTheUpstream(String iin) {
        Reply reply = http.iin(iin);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.word("status")).isEqualTo("invalid");
        assertThat(reply.word("reason")).isEqualTo("CHECKSUM");
        assertThat(reply.word("assurance")).isEqualTo("LOCAL");
        assertThat(PORTAL.questions()).isEmpty();
        assertThat(count("select count(*) from upstream_slot")).isZero();
    }

    @Test
    void theSeedsExamplesAreAnsweredAtEverySpelling() {
        for (String prefix : List.of("/egov/ajax/", "/v1/egov/ajax/")) {
            for (String slash : List.of("", "/")) {
                Reply iin = http.post(prefix + "verify-iin" + slash, Http.CLERK, "{\"iin\": \"123456789012\"}");
                assertThat(iin.status()).isEqualTo(200);
                assertThat(iin.json().path("success").asBoolean()).isFalse();
                assertThat(iin.word("status")).isEqualTo("invalid");
                assertThat(iin.word("error")).contains("check digit");
                Reply passport = http.post(
                        prefix + "verify-passport" + slash, Http.CLERK, "{\"passport_number\": \"N12345678\"}");
                assertThat(passport.json().path("success").asBoolean())
                        .as(passport.text())
                        .isTrue();
                assertThat(passport.word("verified_at")).endsWith("Z");
                Reply health = http.get(prefix + "health" + slash, null);
                assertThat(health.status()).isEqualTo(200);
                assertThat(health.json().at("/egov_api/enabled").asBoolean()).isTrue();
                assertThat(health.json().at("/egov_api").has("error")).isFalse();
            }
        }
    }

    @Test
    void aVerdictCountsForFiveMinutesAndEachRequestHasItsOwnRow() {
        String iin = fresh();
        Reply first = http.iin(iin);
        Reply second = http.iin(iin);

        assertThat(second.json().path("from_cache").asBoolean()).isTrue();
        assertThat(second.word("verification_id")).isNotEqualTo(first.word("verification_id"));
        assertThat(second.word("checked_at")).isEqualTo(first.word("checked_at"));
        assertThat(second.json().at("/data/full_name").asString()).isEqualTo("СЕРІКОВ ӘЛІ");
        assertThat(PORTAL.questionsAbout(iin)).hasSize(1);
        assertThat(count("select count(*) from verification where from_cache and id = '"
                        + second.word("verification_id") + "'"))
                .isEqualTo(1);
        assertThat(count("select extract(epoch from fresh_until - (select checked_at from verification where id = '"
                        + first.word("verification_id")
                        + "'))::bigint from verdict_cache order by fresh_until desc limit 1"))
                .isEqualTo(300);
    }

    @Test
    void aHundredAtOnceAreOneQuestion() throws Exception {
        String iin = fresh();
        var allAsked = new CountDownLatch(1);
        PORTAL.behave((call, number) -> {
            allAsked.await();
            Portal.person(call, number);
        });
        List<Reply> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                running.add(threads.submit(() -> http.iin(iin)));
            }
            Awaitility.await()
                    .until(() -> meters.get("darvoza.detached.running").gauge().value() >= 100);
            allAsked.countDown();
            for (Future<Reply> one : running) {
                replies.add(one.get());
            }
        }

        assertThat(replies).allSatisfy(reply -> assertThat(reply.word("status")).isEqualTo("verified"));
        assertThat(replies.stream().map(reply -> reply.word("verification_id")).distinct())
                .hasSize(100);
        assertThat(PORTAL.questionsAbout(iin)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"number\":\"%s\",\"expiry_date\":\"2020-01-01\",\"full_name\":\"A\"}] | expired | EXPIRED_DOC",
                "[{\"number\":\"%s\",\"status\":\"REVOKED\"}]                            | invalid | REVOKED_DOC",
                "[{\"number\":\"N00000000\",\"full_name\":\"other\"}]                    | invalid | NOT_FOUND",
                "[]                                                                      | invalid | NOT_FOUND",
            })
    void aPassportIsJudgedByItsOwnRow(String body, String status, String reason) {
        String number = freshPassport();
        PORTAL.behave(Portal.json(body.replace("%s", number)));

        Reply reply = http.post("/v1/egov/verify/passport", Http.CLERK, "{\"passport_number\":\"" + number + "\"}");

        assertThat(reply.word("status")).as(reply.text()).isEqualTo(status);
        assertThat(reply.word("reason")).isEqualTo(reason);
    }

    @Test
    void organisationsAreLookedUpInTheRegisterOfLegalEntities() {
        Reply reply = http.post("/v1/egov/verify/bin", Http.CLERK, "{\"bin\":\"150140000012\"}");

        assertThat(reply.json().at("/data/name").asString()).isEqualTo("ТОО Пример");
        assertThat(PORTAL.questions().getFirst().path()).isEqualTo("/api/v4/gbd_ul/v1");
    }
}

package io.darvoza.egov.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.infrastructure.PostgresAccess;
import io.darvoza.common.test.infrastructure.RestartableServer;
import io.darvoza.egov.EgovInstance;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Numbers;
import io.darvoza.egov.Portal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The database's own process ends in the middle of a verification, and comes back later. */
class DatabaseStoppedIT {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String KNOWN = Numbers.iin(1);
    private static final String IN_FLIGHT = Numbers.iin(2);
    private static final String UNKNOWN = Numbers.iin(3);

    @Test
    void nobodyIsAskedWithoutACountedSlotAndNoVerdictIsToldThatIsNotKept() throws Exception {
        try (RestartableServer<PostgresAccess> database = RestartableServer.postgres();
                var portal = new Portal();
                var service = new EgovInstance(portal, database.access())) {
            service.startHere(Map.of());
            try (var http = new Http(service.port())) {
                assertThat(http.iin(KNOWN).word("status")).isEqualTo("verified");

                CompletableFuture<Reply> inFlight = stoppedWhileThePortalThinks(database, portal, http);
                isOutOfOrder(inFlight.get(BOUND.toSeconds(), TimeUnit.SECONDS));
                assertThat(portal.questionsAbout(IN_FLIGHT))
                        .as("its second try would need a slot of its own")
                        .hasSize(1);
                portal.behave(Portal::person);
                isOutOfOrder(http.iin(UNKNOWN));
                isOutOfOrder(http.iin(KNOWN));
                isOutOfOrder(http.get("/v1/egov/verifications", Http.CLERK));
                assertThat(portal.questions()).hasSize(2);

                database.start();
                Awaitility.await()
                        .atMost(BOUND)
                        .untilAsserted(
                                () -> assertThat(http.iin(UNKNOWN).status()).isEqualTo(200));
                assertThat(http.iin(KNOWN).json().path("from_cache").asBoolean())
                        .isTrue();
                assertThat(http.iin(IN_FLIGHT).word("status")).isEqualTo("verified");
                assertThat(service.database().number("select count(*) from upstream_slot"))
                        .isEqualTo(portal.questions().size());
                assertThat(service.database().number("select count(*) from verification"))
                        .as("one for each answer that left")
                        .isEqualTo(service.database()
                                .number("select count(*) from api_call where direction = 'in' and status = 200"));
            }
        }
    }

    /** The question is counted and out when the database ends; then the portal fails it, which is worth another try. */
    private static CompletableFuture<Reply> stoppedWhileThePortalThinks(
            RestartableServer<PostgresAccess> database, Portal portal, Http http) throws InterruptedException {
        var asked = new CountDownLatch(1);
        var gone = new CountDownLatch(1);
        portal.behave((call, _) -> {
            asked.countDown();
            gone.await();
            Portal.reply(call, 500, "text/plain", "ill");
        });
        CompletableFuture<Reply> inFlight = CompletableFuture.supplyAsync(() -> http.iin(IN_FLIGHT));
        assertThat(asked.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
        database.stop();
        gone.countDown();
        return inFlight;
    }

    private static void isOutOfOrder(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(reply.word("code")).isEqualTo("service_unavailable");
        assertThat(reply.text()).doesNotContain("Exception", "io.darvoza", "Postgres", "upstream_slot");
    }
}

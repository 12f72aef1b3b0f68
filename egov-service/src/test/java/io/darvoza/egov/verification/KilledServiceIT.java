package io.darvoza.egov.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.egov.EgovInstance;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Numbers;
import io.darvoza.egov.Portal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} while many share commits and an item of a bulk job waits for its answer. What was answered is kept; of the job
 * nothing that was finished is asked again, and the item in flight takes a new slot.
 */
class KilledServiceIT {

    private static final Duration BOUND = Duration.ofSeconds(40);
    private static final int CLIENTS = 32;
    private static final String KNOWN = Numbers.iin(1);
    private static final List<String> JOB =
            IntStream.range(60_000, 60_005).mapToObj(Numbers::iin).toList();
    private static final String IN_FLIGHT = JOB.get(2);
    private static final Map<String, String> ONE_BY_ONE =
            Map.of("darvoza.egov.bulk.concurrency", "1", "darvoza.egov.bulk.lease", "2s");

    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch dead = new CountDownLatch(1);

    @Test
    void whatWasAnsweredIsKeptAndTheJobGoesOn() throws Exception {
        try (var portal = new Portal();
                var service = new EgovInstance(portal)) {
            portal.behave(this::answer);
            service.start(null, ONE_BY_ONE);
            String job = killedInTheMiddle(service);
            assertThat(kept(service.database())).isEqualTo(answered.size());
            assertThat(portal.questionsAbout(KNOWN)).hasSize(1);
            assertThat(service.database().number("select count(*) from bulk_item where state = 'done'"))
                    .isEqualTo(2);

            service.startHere(ONE_BY_ONE);

            try (var http = new Http(service.port())) {
                await().atMost(BOUND)
                        .until(() -> http.get(job, Http.CLERK).word("status").equals("done"));
            }
            for (String number : JOB) {
                assertThat(portal.questionsAbout(number)).as(number).hasSize(number.equals(IN_FLIGHT) ? 2 : 1);
            }
            assertThat(service.database().number("select count(*) from upstream_slot where purpose = 'bulk'"))
                    .isEqualTo(6);
            assertThat(service.database()
                            .number("select count(*) from verification where channel = 'bulk' and status = 'verified'"))
                    .isEqualTo(5);
            assertThat(service.database().number("""
                            select count(*) from outbox_event
                            where subject in (select cast(id as text) from verification where channel = 'bulk')
                            """)).isEqualTo(5);
        }
    }

    /** The first question about one number gets no answer before the service is dead. */
    private void answer(HttpExchange call, String number) throws IOException, InterruptedException {
        if (number.equals(IN_FLIGHT) && asked.getCount() > 0) {
            asked.countDown();
            dead.await();
            call.close();
        } else {
            Portal.person(call, number);
        }
    }

    /** Kills it when the job is at its third number; tells where the job is to be seen. */
    private String killedInTheMiddle(EgovInstance service) throws InterruptedException {
        try (var http = new Http(service.port());
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                assertThat(http.iin(KNOWN).word("status")).isEqualTo("verified");
                for (int i = 0; i < CLIENTS; i++) {
                    clients.execute(() -> askUntilItDies(http));
                }
                await().atMost(BOUND).until(() -> answered.size() > 1000);
                Reply started = http.post(
                        "/v1/egov/verify/bulk",
                        Http.CLERK,
                        JOB.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")));
                assertThat(started.status()).as(started.text()).isEqualTo(202);
                assertThat(asked.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
                return started.headers().firstValue("Location").orElseThrow();
            } finally {
                service.process().kill();
                dead.countDown();
            }
        }
    }

    private void askUntilItDies(Http http) {
        try {
            while (true) {
                Reply reply = http.iin(KNOWN);
                if (reply.status() == 200) {
                    answered.add(reply.word("verification_id"));
                }
            }
        } catch (UncheckedIOException gone) {
            // As it was meant to be.
        }
    }

    /** How many of the answers have their verification, their event and their call. */
    private long kept(FreshDatabase database) {
        return database.number("""
                select count(*) from verification
                where id in (%s)
                  and exists (select 1 from api_call where verification_id = verification.id and status = 200)
                  and exists (select 1 from outbox_event where subject = cast(verification.id as text))
                """.formatted(answered.stream().collect(Collectors.joining("','", "'", "'"))));
    }
}

package io.darvoza.egov.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.egov.EgovChild;
import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Numbers;
import io.darvoza.egov.Portal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@code kill -9} while an item waits for its answer: what was finished is not asked again, the item in flight takes a new slot. */
class BulkCrashIT {

    private static final Duration BOUND = Duration.ofSeconds(40);

    @Test
    void aKilledInstanceLeavesItsJobToTheNext() throws Exception {
        List<String> numbers =
                IntStream.range(60_000, 60_005).mapToObj(Numbers::iin).toList();
        String inFlight = numbers.get(2);
        var reached = new CountDownLatch(1);
        var dead = new CountDownLatch(1);
        try (var portal = new Portal();
                var child = new EgovChild(portal)) {
            portal.behave((call, number) -> {
                if (number.equals(inFlight) && reached.getCount() > 0) {
                    reached.countDown();
                    dead.await();
                    call.close();
                } else {
                    Portal.person(call, number);
                }
            });
            Map<String, String> oneByOne =
                    Map.of("darvoza.egov.bulk.concurrency", "1", "darvoza.egov.bulk.lease", "2s");
            child.start(null, oneByOne);
            child.awaitStart();
            String path;
            try (var http = new Http(child.port())) {
                Reply started = http.post(
                        "/v1/egov/verify/bulk",
                        Http.CLERK,
                        numbers.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")));
                assertThat(started.status()).as(started.text()).isEqualTo(202);
                path = started.headers().firstValue("Location").orElseThrow();
            }
            reached.await();
            child.process().kill();
            dead.countDown();
            assertThat(number(child, "select count(*) from bulk_item where state = 'done'"))
                    .isEqualTo(2);

            child.start(null, oneByOne);
            child.awaitStart();

            try (var http = new Http(child.port())) {
                await().atMost(BOUND)
                        .until(() -> http.get(path, Http.CLERK).word("status").equals("done"));
            }
            for (String number : numbers) {
                assertThat(portal.questionsAbout(number)).as(number).hasSize(number.equals(inFlight) ? 2 : 1);
            }
            assertThat(number(child, "select count(*) from upstream_slot where purpose = 'bulk'"))
                    .isEqualTo(6);
            assertThat(number(
                            child, "select count(*) from verification where channel = 'bulk' and status = 'verified'"))
                    .isEqualTo(5);
            assertThat(number(child, "select count(*) from outbox_event")).isEqualTo(5);
        }
    }

    private static long number(EgovChild child, String query) throws SQLException {
        try (Connection connection = child.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

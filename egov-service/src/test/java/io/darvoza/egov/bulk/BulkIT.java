package io.darvoza.egov.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.egov.Http;
import io.darvoza.egov.Http.Reply;
import io.darvoza.egov.Numbers;
import io.darvoza.egov.Portal;
import io.darvoza.egov.RealService;
import io.darvoza.egov.TestPortal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** Bulk jobs as their owners see them. */
@RealService
class BulkIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Portal PORTAL = TestPortal.PORTAL;
    private static final AtomicInteger USED = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private Http http;

    @BeforeEach
    void open() {
        http = new Http(port);
        PORTAL.forget();
        sql("delete from upstream_slot");
        sql("delete from upstream_key");
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void everyNumberHasItsVerdictAndADuplicateIsOneItem() {
        String good = fresh();
        String body = "[\"%s\", \"123456789012\", \"nonsense\", \"%s\", \"%s\"]".formatted(good, fresh(), good);

        Reply started = http.post("/v1/egov/verify/bulk", Http.CLERK, body);

        assertThat(started.status()).as(started.text()).isEqualTo(202);
        String path = started.headers().firstValue("Location").orElseThrow();
        Reply done = awaitDone(path);
        assertThat(done.json().path("given").asInt()).isEqualTo(5);
        assertThat(done.json().path("numbers").asInt()).isEqualTo(4);
        assertThat(done.json().path("done").asInt()).isEqualTo(4);
        assertThat(done.json().at("/items/0/status").asString()).isEqualTo("verified");
        assertThat(done.json().at("/items/0/times").asInt()).isEqualTo(2);
        assertThat(done.json().at("/items/1/reason").asString()).isEqualTo("CHECKSUM");
        assertThat(done.json().at("/items/2/reason").asString()).isEqualTo("FORMAT");
        assertThat(done.json().at("/items/3/status").asString()).isEqualTo("verified");
        assertThat(done.text()).doesNotContain(good, "nonsense");
        assertThat(PORTAL.questionsAbout(good)).hasSize(1);
        assertThat(count("select count(*) from bulk_item where number is not null"))
                .isZero();
        assertThat(http.get(
                                "/v1/egov/verifications/"
                                        + done.json()
                                                .at("/items/0/verification_id")
                                                .asString(),
                                Http.CLERK)
                        .status())
                .isEqualTo(200);
        assertThat(http.get(path, Http.STRANGER).status()).isEqualTo(404);

        Reply page = http.get(path + "?limit=3", Http.CLERK);
        assertThat(page.json().path("items")).hasSize(3);
        Reply next = http.get(path + "?limit=3&cursor=" + page.word("next_cursor"), Http.CLERK);
        assertThat(next.json().path("items")).hasSize(1);
    }

    @Test
    void aColumnIsReadLikeAnArray() {
        byte[] column = ("iin\n" + fresh() + "\n" + fresh()).getBytes(StandardCharsets.UTF_8);

        Reply started = http.send("POST", "/v1/egov/verify/bulk", Http.CLERK, "text/csv", column, Map.of());

        assertThat(started.status()).as(started.text()).isEqualTo(202);
        assertThat(awaitDone(started.headers().firstValue("Location").orElseThrow())
                        .json()
                        .path("done")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aJobUsesFortyOfSixtyAndWaitsForTheRest() {
        String body =
                IntStream.range(0, 45).mapToObj(_ -> "\"" + fresh() + "\"").collect(Collectors.joining(",", "[", "]"));
        Reply started = http.post("/v1/egov/verify/bulk", Http.CLERK, body);
        String path = started.headers().firstValue("Location").orElseThrow();

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(
                                http.get(path, Http.CLERK).json().path("done").asInt())
                        .isEqualTo(40));
        assertThat(count("select count(*) from upstream_slot where purpose = 'bulk'"))
                .isEqualTo(40);
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(
                                count(
                                        "select count(*) from bulk_item where state = 'waiting' and due_at > now() + interval '30 seconds'"))
                        .isEqualTo(5));
        assertThat(http.iin(fresh()).word("status")).isEqualTo("verified");
        assertThat(http.get(path, Http.CLERK).word("status")).isEqualTo("running");

        sql("delete from upstream_slot");
        sql("update bulk_item set due_at = now() where state = 'waiting'");
        assertThat(awaitDone(path).json().path("done").asInt()).isEqualTo(45);
    }

    @Test
    void anItemWhoseProviderFailsIsTriedAgainAndThenFailed() {
        PORTAL.behave(Portal.body(400, "application/json", "{}"));
        String number = fresh();
        Reply started = http.post("/v1/egov/verify/bulk", Http.CLERK, "[\"" + number + "\"]");
        String path = started.headers().firstValue("Location").orElseThrow();

        await().atMost(BOUND).until(() -> {
            sql("update bulk_item set due_at = now() where state = 'waiting'");
            return http.get(path, Http.CLERK).word("status").equals("done");
        });

        assertThat(http.get(path, Http.CLERK).json().at("/items/0/reason").asString())
                .isEqualTo("UPSTREAM_REFUSED");
        assertThat(PORTAL.questionsAbout(number)).hasSize(3);
        assertThat(count("select count(*) from verification where channel = 'bulk' and status = 'failed'"))
                .isEqualTo(1);
    }

    @Test
    void refusesWhatIsTooMuch() {
        String many = IntStream.range(0, 1001).mapToObj(_ -> "\"1\"").collect(Collectors.joining(",", "[", "]"));
        assertThat(http.post("/v1/egov/verify/bulk", Http.CLERK, many).word("code"))
                .isEqualTo("too_many_items");
        String large = "[\"" + "1".repeat(1_100_000) + "\"]";
        assertThat(http.post("/v1/egov/verify/bulk", Http.CLERK, large).status())
                .isEqualTo(413);
        assertThat(http.send("POST", "/v1/egov/verify/bulk", Http.CLERK, "text/plain", new byte[] {'1'}, Map.of())
                        .status())
                .isEqualTo(415);
        assertThat(http.post("/v1/egov/verify/bulk?type=other", Http.CLERK, "[\"1\"]")
                        .status())
                .isEqualTo(400);
        assertThat(http.post("/v1/egov/verify/bulk", Http.CLERK, "").status()).isEqualTo(400);
    }

    private Reply awaitDone(String path) {
        await().atMost(BOUND)
                .until(() -> http.get(path, Http.CLERK).word("status").equals("done"));
        return http.get(path, Http.CLERK);
    }

    private static String fresh() {
        return Numbers.iin(40_000 + USED.getAndIncrement());
    }

    private void sql(String statement) {
        database.sql(statement).then().block(BOUND);
    }

    private long count(String query) {
        return database.sql(query).mapValue(Long.class).one().block(BOUND);
    }
}

package io.darvoza.payments.order;

import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import io.darvoza.payments.signature.KeyExamples;
import io.darvoza.payments.signature.Signer;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Two who want different things at once, and callers who do not wait for the answer. */
@RealService
class OrderRacesIT {

    private static final int ROUNDS = Boolean.getBoolean("suite.long") ? 200 : 20;
    private static final int GONE = Boolean.getBoolean("suite.long") ? 1_000 : 80;

    @Autowired
    ApplicationContext service;

    @Autowired
    OrderSweep sweep;

    @Autowired
    ConnectionPool pool;

    @LocalServerPort
    int port;

    private final long seed = Long.getLong("payments.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(service, port);
        world.prefund(10_000_000);
    }

    @AfterEach
    void everythingBalances() {
        world.assertBalanced();
        world.close();
    }

    /** Whoever wins, the money is where the winner says. */
    @ParameterizedTest
    @ValueSource(strings = {"deposit", "withdrawal"})
    void anOrderExpiresOrIsConfirmedAtItsLastMomentAndNeverBoth(String type) throws Exception {
        String body = type.equals("withdrawal") ? "{\"card_number\":\"" + OrderWorld.PAYER_CARD + "\"}" : "{}";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                String uid = world.created(type, "9%02d.00".formatted(round % 100))
                        .get("uid")
                        .asString();
                world.execute(
                        "update payment_order set expires_at = now(), closes_at = now() + interval '%d ms' where uid = '%s'"
                                .formatted(random.nextInt(40), uid));
                Callable<String> confirm = () -> {
                    Thread.sleep(10);
                    return Integer.toString(world.pay(uid, "confirm", body).status());
                };
                Callable<String> expire = () -> {
                    for (int i = 0; i < 8; i++) {
                        sweep.sweep().block(OrderWorld.SOON);
                    }
                    return "";
                };
                List<Future<String>> both = threads.invokeAll(List.of(confirm, expire));
                String confirmed = both.getFirst().get();
                both.getLast().get();
                await().atMost(OrderWorld.SOON).until(() -> !statusOf(uid).equals("new"));

                assertThat(confirmed + " " + statusOf(uid)).as("seed " + seed).isIn("202 processing", "410 expired");
                assertThat(postingsOf(uid))
                        .isEqualTo(type.equals("deposit") ? "" : confirmed.equals("202") ? "hold" : "hold void");
            }
        }
    }

    @Test
    void anOrderIsCancelledOrConfirmedAndNeverBoth() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                String uid = world.created("withdrawal", "5.00").get("uid").asString();
                List<Future<Integer>> both = threads.invokeAll(List.of(
                        () -> world.pay(uid, "confirm", "{\"card_number\":\"" + OrderWorld.PAYER_CARD + "\"}")
                                .status(),
                        () -> world.partnerPost("/v1/payments/orders/" + uid + "/cancel")
                                .status()));
                assertThat(both.get(0).get() + " " + both.get(1).get() + " " + statusOf(uid))
                        .isIn("202 409 processing", "409 200 cancelled");
            }
        }
    }

    @Test
    void theMetricsTellHowManyOrdersThereAreOfEachStatusAndHowOldTheOldestIs() {
        MeterRegistry meters = service.getBean(MeterRegistry.class);
        String fresh = world.created("deposit", "41.00").get("uid").asString();
        String waiting = world.created("deposit", "42.00").get("uid").asString();
        world.confirmed(waiting);
        world.partnerPost("/v1/payments/orders/" + fresh + "/cancel");
        String old = world.created("deposit", "43.00").get("uid").asString();
        world.execute("update payment_order set created_at = now() - interval '1 hour' where uid = '" + old + "'");
        service.getBean(OrderGauges.class).look().block(OrderWorld.SOON);

        assertThat(gauge(meters, "payments.orders.open", "new"))
                .isEqualTo(world.number("select count(*) from payment_order where status = 'new'"));
        assertThat(gauge(meters, "payments.orders.open", "queued"))
                .isEqualTo(world.number("select count(*) from payment_order where sub_status = 'queued'"))
                .isPositive();
        assertThat(gauge(meters, "payments.orders.oldest", "new")).isGreaterThanOrEqualTo(3600);
        assertThat(gauge(meters, "payments.orders.ended.last.hour", "cancelled"))
                .isPositive();
        assertThat(meters.get("payments.ledger.imbalance").gauge().value()).isLessThanOrEqualTo(0);
    }

    private static double gauge(MeterRegistry meters, String name, String status) {
        return meters.get(name).tag("status", status).gauge().value();
    }

    /** What has begun ends, whole or not at all, and no connection stays behind. */
    @Test
    void callersThatHangUpInTheMiddleLeaveWholeOrdersAndAFullPool() throws Exception {
        List<String> uids = new ArrayList<>();
        Map<String, Long> versions = new HashMap<>();
        for (int i = 0; i < GONE; i++) {
            String uid =
                    world.created("deposit", "3%03d.00".formatted(i)).get("uid").asString();
            world.confirmed(uid);
            versions.put(uid, world.claimed(OPERATOR, uid));
            uids.add(uid);
        }
        for (String uid : uids) {
            hangUp("POST /v1/payments/ops/orders/" + uid + "/approve", versions.get(uid), """
                    {"bank_reference":"%s"}""".formatted(uid));
            hangUp("GET /v1/payments/ops/orders", 0, "");
            hangUp("POST /v1/payments/ops/orders/next", 0, "");
        }

        await().atMost(OrderWorld.SOON).untilAsserted(() -> {
            for (String uid : uids) {
                assertThat(statusOf(uid) + " " + postingsOf(uid) + " "
                                + world.eventsOf(uid).size())
                        .isIn("approved deposit 3", "processing  2");
            }
        });
        assertThat(uids).as("seed " + seed).anyMatch(uid -> statusOf(uid).equals("approved"));
        await().atMost(OrderWorld.SOON)
                .until(() -> pool.getMetrics().orElseThrow().pendingAcquireSize() == 0
                        && pool.getMetrics().orElseThrow().acquiredSize() == 0);
        int all = pool.getMetrics().orElseThrow().getMaxAllocatedSize();
        List<Reply> together = together(all * 3);
        assertThat(together).allMatch(reply -> reply.status() == 200);
    }

    private List<Reply> together(int calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Reply>> all = Stream.<Callable<Reply>>generate(
                            () -> () -> world.get(OPERATOR, "/v1/payments/ops/orders"))
                    .limit(calls)
                    .toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> one : threads.invokeAll(all)) {
                replies.add(one.get());
            }
            return replies;
        }
    }

    /** Sends the whole request and is gone some moments later. */
    private void hangUp(String request, long version, String body) throws IOException, InterruptedException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("""
                    %s HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Authorization: Bearer %s\r
                    If-Match: "%d"\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    %s""".formatted(request, OPERATOR, version, body.length(), body)
                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            Thread.sleep(random.nextInt(12));
        }
    }

    /** A request that begins after the answer to the revocation finds no key. */
    @Test
    void aKeyThatIsRevokedWhileItIsUsedServesNothingFromThatMomentOn() throws Exception {
        Signer doomed = new KeyExamples(service).signer();
        Signer other = new KeyExamples(service).signer();
        AtomicLong revoked = new AtomicLong(Long.MAX_VALUE);
        record Used(long began, int status, String code) {}
        try (var http = new PartnerHttp(port);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String path = "/v1/payments/orders/" + UUID.randomUUID() + "/cancel";
            List<Future<List<Used>>> users = Stream.generate(() -> threads.submit(() -> {
                        List<Used> used = new ArrayList<>();
                        while (System.nanoTime() < revoked.get() + 200_000_000 || revoked.get() == Long.MAX_VALUE) {
                            long began = System.nanoTime();
                            Reply reply =
                                    http.send("POST", path, PARTNER, "", doomed.headers("POST", http.uri(path), ""));
                            used.add(new Used(began, reply.status(), reply.code()));
                        }
                        return used;
                    }))
                    .limit(4)
                    .toList();
            Thread.sleep(300);
            String key = "/v1/payments/keys/" + doomed.keyId();
            Reply reply = http.send("DELETE", key, PARTNER, null, other.headers("DELETE", http.uri(key), ""));
            assertThat(reply.status()).as(reply.text()).isEqualTo(204);
            revoked.set(System.nanoTime());

            List<Used> all = new ArrayList<>();
            for (Future<List<Used>> one : users) {
                all.addAll(one.get());
            }
            assertThat(all).anyMatch(used -> used.status() == 404);
            assertThat(all.stream().filter(used -> used.began() > revoked.get()))
                    .isNotEmpty()
                    .allMatch(used -> used.code().equals("key_revoked"));
            assertThat(all).allMatch(used -> used.status() == 404 || used.code().equals("key_revoked"));
        }
    }

    private String statusOf(String uid) {
        return text("select status from payment_order where uid = '" + uid + "'");
    }

    private String postingsOf(String uid) {
        return text("select coalesce(string_agg(t.kind, ' ' order by t.kind), '') from ledger_tx t"
                + " join payment_order o on o.id = t.order_id where o.uid = '" + uid + "'");
    }

    private String text(String sql) {
        return world.database.sql(sql).mapValue(String.class).one().block(OrderWorld.SOON);
    }
}

package io.darvoza.payments.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.TopicReader;
import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.PaymentsInstance;
import io.darvoza.payments.signature.KeySecret;
import io.darvoza.payments.signature.Signer;
import io.darvoza.payments.webhook.Receiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two instances on one database, under load. One stands at every failpoint at the same time and is killed there; the other goes
 * on alone. What the first was at has happened once or not at all, in the ledger, in the topic and at the partner.
 */
class OrderCrashIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String SECRET = "00112233445566778899aabbccddeeff".repeat(2);
    private static final Signer SIGNER =
            new Signer(UUID.fromString("00000000-0000-7000-8000-000000000521"), KeySecret.ofHex(SECRET));
    private static final String PERSON = TestTokens.shared()
            .draft()
            .user("partner_user", "partner")
            .claim("partner", "partner")
            .sign();

    /** These stop threads that nobody calls. */
    private static final List<String> BY_ITSELF = List.of("outbox.after-send", "webhook.after-take");

    private final List<String> created = new ArrayList<>();
    private PartnerHttp doomed;
    private PartnerHttp survivor;

    @Test
    void whatAKilledInstanceWasAtHappensOnceOrNotAtAll() throws Exception {
        try (var receiver = new Receiver();
                var first = new PaymentsInstance();
                var second = new PaymentsInstance(first);
                var topic = new TopicReader(Infrastructure.current().kafka(), PaymentStatusV1.TOPIC);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, String> settings = Map.of(
                    "darvoza.payments.local.secrets.partner",
                    SECRET,
                    "darvoza.payments.webhooks.exceptions",
                    receiver.origin(),
                    "darvoza.payments.webhooks.lease",
                    "2s",
                    // A thread for each connection: who stands at a failpoint keeps no other transaction from going on.
                    "darvoza.database.loops",
                    "31",
                    "darvoza.database.idle-in-transaction-timeout",
                    "60s");
            first.start(
                    "order.after-row,order.after-money,order.before-commit,order.create.before-commit,"
                            + "order.create.after-commit,outbox.after-send,webhook.after-take",
                    settings);
            second.startHere(settings);
            doomed = new PartnerHttp(first.port());
            survivor = new PartnerHttp(second.port());
            addWebhook(receiver.path("hook", Receiver.status(200)));

            List<String> inHand = onDifferentCards(first, 3);
            var running = new AtomicBoolean(true);
            List<Future<?>> load = List.of(threads.submit(() -> load(running)), threads.submit(() -> load(running)));
            List<Decision> decisions = List.of(
                    new Decision("order.after-row", inHand.get(0), "approve", "{\"bank_reference\":\"C-1\"}"),
                    new Decision("order.after-money", inHand.get(1), "approve", "{\"bank_reference\":\"C-2\"}"),
                    new Decision("order.before-commit", inHand.get(2), "fail", "{\"reason\":\"not_received\"}"));
            for (Decision decision : decisions) {
                threads.submit(() -> decide(doomed, decision));
                first.process().awaitFailpoint(BOUND, decision.failpoint());
            }
            Map<String, String> wishes = Map.of(
                    "order.create.before-commit", OrderWorld.wish("deposit", "77.01"),
                    "order.create.after-commit", OrderWorld.wish("deposit", "77.02"));
            createAtDoomed(threads, first, "order.create.before-commit", wishes);
            for (String failpoint : BY_ITSELF) {
                first.process().awaitFailpoint(BOUND, failpoint);
            }
            // The last one: who stands there may hold up the pool of connections.
            createAtDoomed(threads, first, "order.create.after-commit", wishes);
            first.process().kill();
            running.set(false);
            for (Future<?> one : load) {
                one.get();
            }

            for (Decision decision : decisions) {
                Reply again = decide(survivor, decision);
                assertThat(again.status())
                        .as(decision.failpoint() + ": " + again.text())
                        .isEqualTo(200);
            }
            wishes.forEach((failpoint, wish) -> {
                Reply again = create(survivor, failpoint, wish);
                assertThat(again.status()).as(again.text()).isEqualTo(201);
                assertThat(again.headers().firstValue("Idempotency-Hit").isPresent())
                        .isEqualTo(failpoint.equals("order.create.after-commit"));
            });
            for (String uid : List.copyOf(created)) {
                finish(uid);
            }

            await().atMost(BOUND).untilAsserted(() -> {
                assertThat(second.database().number("select count(*) from outbox_event where status = 'unsent'"))
                        .isZero();
                assertThat(second.database().number("select count(*) from webhook_delivery where state <> 'delivered'"))
                        .isZero();
                assertThat(second.database().number("select count(*) from unchained"))
                        .isZero();
            });
            Reply check = survivor.send("GET", "/v1/payments/admin/ledger/check", OrderWorld.ADMIN, null, Map.of());
            assertThat(check.json().path("balanced").asBoolean())
                    .as(check.text())
                    .isTrue();
            Reply chain = survivor.send("GET", "/v1/payments/admin/audit/chain", OrderWorld.ADMIN, null, Map.of());
            assertThat(chain.json().path("whole").asBoolean()).as(chain.text()).isTrue();
            Set<String> happened = published(second);
            assertThat(happened).hasSizeGreaterThan(20);
            assertThat(eachOnce(eventsOf(topic, happened))).isEqualTo(happened);
            assertThat(eachOnce(callsOf(receiver))).isEqualTo(happened);
        }
    }

    /** What somebody decides of an order; stops the doomed instance at that place. */
    private record Decision(String failpoint, String uid, String action, String body) {}

    private Reply decide(PartnerHttp instance, Decision decision) {
        return instance.send(
                "POST",
                "/v1/payments/ops/orders/" + decision.uid() + "/" + decision.action(),
                OrderWorld.OPERATOR,
                decision.body(),
                Map.of("If-Match", "\"3\""));
    }

    private void createAtDoomed(
            ExecutorService threads, PaymentsInstance service, String failpoint, Map<String, String> wishes) {
        threads.submit(() -> create(doomed, failpoint, wishes.get(failpoint)));
        service.process().awaitFailpoint(BOUND, failpoint);
    }

    private Reply create(PartnerHttp instance, String key, String wish) {
        var headers = new HashMap<>(SIGNER.headers("POST", instance.uri("/v1/payments/orders"), wish));
        headers.put("Idempotency-Key", key);
        return instance.send("POST", "/v1/payments/orders", OrderWorld.PARTNER, wish, headers);
    }

    private String confirmed(String wish) {
        Reply made = create(survivor, UUID.randomUUID().toString(), wish);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String uid = made.json().get("uid").asString();
        Reply confirmed = survivor.anonymous("POST", "/pay/" + uid + "/confirm", "{}");
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(202);
        return uid;
    }

    /** Claimed deposits at version 3 that share no card, so that none waits for another's counters. */
    private List<String> onDifferentCards(PaymentsInstance service, int count) {
        Map<String, String> byCard = new HashMap<>();
        for (int i = 0; byCard.size() < count; i++) {
            String uid = confirmed(OrderWorld.wish("deposit", "50.%02d".formatted(i)));
            String card = service.database()
                    .query("select card_id::text from payment_order where uid = '" + uid + "'")
                    .getFirst();
            byCard.putIfAbsent(card, uid);
        }
        byCard.values().forEach(this::claim);
        return List.copyOf(byCard.values());
    }

    private void claim(String uid) {
        Reply claimed =
                survivor.send("POST", "/v1/payments/ops/orders/" + uid + "/claim", OrderWorld.OPERATOR, null, Map.of());
        assertThat(claimed.status()).as(claimed.text()).isEqualTo(200);
        assertThat(claimed.json().get("version").asLong()).isEqualTo(3);
    }

    /** Deposits that come in meanwhile; a card whose counters the doomed instance holds may refuse one. */
    private void load(AtomicBoolean running) {
        for (int i = 0; running.get() && i < 200; i++) {
            Reply made = create(survivor, UUID.randomUUID().toString(), OrderWorld.wish("deposit", amount()));
            if (made.status() == 201) {
                String uid = made.json().get("uid").asString();
                if (survivor.anonymous("POST", "/pay/" + uid + "/confirm", "{}").status() == 202) {
                    synchronized (created) {
                        created.add(uid);
                    }
                }
            }
        }
    }

    private static String amount() {
        return "%d.%02d"
                .formatted(
                        100 + ThreadLocalRandom.current().nextInt(900),
                        ThreadLocalRandom.current().nextInt(100));
    }

    private void finish(String uid) {
        claim(uid);
        Reply approved =
                decide(survivor, new Decision("", uid, "approve", "{\"bank_reference\":\"%s\"}".formatted(uid)));
        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    }

    private void addWebhook(String url) {
        Reply made = survivor.send("POST", "/v1/payments/webhooks", PERSON, "{\"url\":\"" + url + "\"}", Map.of());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    /** Every published change of every order, as {@code uid version}. */
    private static Set<String> published(PaymentsInstance service) {
        List<String> all = service.database().query("""
                select o.uid || ' ' || f.version from ops_feed f join payment_order o on o.id = f.order_id
                where f.kind in ('created', 'processing', 'approved', 'failed', 'rejected')
                """);
        assertThat(all).as("told once").doesNotHaveDuplicates();
        return Set.copyOf(all);
    }

    /** Ids by {@code uid version}, from the topic, which other tests may use as well. */
    private static Map<String, Set<String>> eventsOf(TopicReader topic, Set<String> wanted) {
        List<ConsumerRecord<String, String>> records = topic.until(
                BOUND,
                seen -> seen.stream()
                        .map(OrderCrashIT::place)
                        .collect(Collectors.toSet())
                        .containsAll(wanted));
        Map<String, Set<String>> ids = new TreeMap<>();
        Set<String> own = wanted.stream().map(place -> place.split(" ")[0]).collect(Collectors.toSet());
        records.stream()
                .filter(event -> own.contains(event.key()))
                .forEach(event ->
                        ids.computeIfAbsent(place(event), _ -> new HashSet<>()).add(header(event, "ce_id")));
        return ids;
    }

    private static String place(ConsumerRecord<String, String> event) {
        return event.key() + " " + header(event, "ce_aggregateversion");
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Map<String, Set<String>> callsOf(Receiver receiver) {
        Map<String, Set<String>> ids = new TreeMap<>();
        for (Receiver.Call call : receiver.calls("hook")) {
            JsonNode data = JsonMapper.shared().readTree(call.body()).get("data");
            ids.computeIfAbsent(
                            data.get("uid").asString() + " "
                                    + data.get("version").asString(),
                            _ -> new HashSet<>())
                    .add(call.id());
        }
        return ids;
    }

    /** A repeat has the id of the first, so a receiver counts it once. */
    private static Set<String> eachOnce(Map<String, Set<String>> ids) {
        assertThat(ids.values()).allSatisfy(one -> assertThat(one).hasSize(1));
        return ids.keySet();
    }
}

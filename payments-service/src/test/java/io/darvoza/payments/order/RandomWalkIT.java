package io.darvoza.payments.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/**
 * Everybody does anything to any order, alone and at once: no answer is a fault of the service, and the ledger is whole all
 * along. The seed is in every failure's message.
 */
@RealService
class RandomWalkIT {

    private static final List<String> PEOPLE = List.of(
            OrderWorld.OPERATOR,
            OrderWorld.OPERATOR2,
            OrderWorld.SUPERVISOR,
            OrderWorld.SUPERVISOR2,
            OrderWorld.COMPLIANCE);

    private static final Map<String, String> HOLDERS = Map.of(
            "user:" + TestTokens.subjectOf("payments_operator"), OrderWorld.OPERATOR,
            "user:" + TestTokens.subjectOf("payments_operator2"), OrderWorld.OPERATOR2,
            "user:" + TestTokens.subjectOf("payments_supervisor"), OrderWorld.SUPERVISOR,
            "user:" + TestTokens.subjectOf("payments_supervisor2"), OrderWorld.SUPERVISOR2);

    @Autowired
    ApplicationContext service;

    @LocalServerPort
    int port;

    private final long seed = Long.getLong("payments.seed", System.nanoTime());
    private final List<String> orders = Collections.synchronizedList(new ArrayList<>());
    private OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(service, port);
        world.prefund(50_000_000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theLedgerIsWholeAfterEveryFewSteps() {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < 240; i++) {
            steps.add(step(random));
            if (i % 20 == 19) {
                assertWhole(steps);
            }
        }
        assertThat(steps).as("seed " + seed).anyMatch(step -> step.endsWith(" 200"));
    }

    @Test
    void theLedgerIsWholeAfterManyDidAnythingAtOnce() throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Callable<List<String>>> walkers = IntStream.range(0, 6)
                .<Callable<List<String>>>mapToObj(_ -> {
                    SplittableRandom own = random.split();
                    return () -> IntStream.range(0, 50).mapToObj(_ -> step(own)).toList();
                })
                .toList();
        List<String> steps = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var walked : threads.invokeAll(walkers)) {
                steps.addAll(walked.get());
            }
        }
        assertWhole(steps);
    }

    private void assertWhole(List<String> steps) {
        Reply check = world.get(OrderWorld.ADMIN, "/v1/payments/admin/ledger/check");
        assertThat(check.json().path("balanced").asBoolean())
                .as(
                        "seed %d, last steps %s: %s",
                        seed, steps.reversed().stream().limit(40).toList(), check.text())
                .isTrue();
    }

    private String step(SplittableRandom random) {
        Reply reply;
        String name;
        if (orders.isEmpty() || random.nextInt(6) == 0) {
            boolean deposit = random.nextBoolean();
            name = deposit ? "deposit" : "withdrawal";
            reply = world.create(
                    UUID.randomUUID().toString(),
                    OrderWorld.wish(name, "%d.%02d".formatted(1 + random.nextInt(120_000), random.nextInt(100))));
            if (reply.status() == 201) {
                orders.add(reply.json().get("uid").asString());
            }
        } else {
            String uid = orders.get(Math.max(0, orders.size() - 1 - random.nextInt(6)) % orders.size());
            String who = PEOPLE.get(random.nextInt(PEOPLE.size()));
            List<String> names = List.of(
                    "confirm",
                    "confirm",
                    "claim",
                    "claim",
                    "approve",
                    "approve",
                    "approve",
                    "fail",
                    "reject",
                    "hold",
                    "unhold",
                    "release",
                    "cancel",
                    "heartbeat");
            name = names.get(random.nextInt(names.size()));
            reply = act(name, uid, who, random);
        }
        assertThat(reply.status())
                .as("seed %d: %s: %s", seed, name, reply.text())
                .isLessThan(500)
                .isNotIn(401, 404, 405);
        return name + " " + reply.status();
    }

    private Reply act(String name, String uid, String anybody, SplittableRandom random) {
        Reply seen = world.get(OrderWorld.ADMIN, "/v1/payments/ops/orders/" + uid);
        // Mostly the one who has it in hand, or the walk would hardly get anywhere.
        String holder = HOLDERS.get(seen.json().at("/order/claimed/by").asString(""));
        String who = holder != null && random.nextInt(4) > 0 ? holder : anybody;
        boolean withdrawal = seen.json().at("/order/type").asString().equals("withdrawal");
        long version = seen.json().at("/order/version").asLong();
        return switch (name) {
            case "confirm" ->
                world.pay(uid, name, withdrawal ? "{\"card_number\":\"" + OrderWorld.PAYER_CARD + "\"}" : "{}");
            case "cancel" -> random.nextInt(4) == 0 ? world.pay(uid, name, "{}") : seen;
            case "claim", "release", "heartbeat" -> world.ops(who, uid, name);
            case "approve" ->
                world.ops(
                        who,
                        uid,
                        name,
                        version,
                        "{\"bank_reference\":\"%s\"%s}"
                                .formatted(
                                        UUID.randomUUID(),
                                        withdrawal ? ",\"payout_card_id\":\"" + world.anyCard() + "\"" : ""));
            case "fail" -> world.ops(who, uid, name, version, "{\"reason\":\"not_received\"}");
            case "reject" -> world.ops(who, uid, name, version, "{\"reason\":\"limits\",\"comment\":\"walk\"}");
            case "hold" -> world.ops(who, uid, name, version, "{\"supporting_document_id\":\"77\"}");
            default -> world.ops(who, uid, name, version, "");
        };
    }
}

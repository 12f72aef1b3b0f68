package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** The steps of a payment through the gateway, on one connection: created by its partner, confirmed by its payer, claimed and approved. */
final class PaymentFlow implements AutoCloseable {

    static final String ORDERS = "/v1/payments/orders";
    static final String DESK = "/v1/payments/ops/orders";

    private static final int LEAST_MINOR = 10_000;
    private static final int MOST_MINOR = 9_000_000;

    private final HttpLine line;
    private final PaymentsCast cast;
    private final String operator;
    private final SplittableRandom random;
    private final Clock clock;

    PaymentFlow(int port, PaymentsCast cast, int client, long seed, Clock clock) {
        this.line = new HttpLine(port);
        this.cast = cast;
        this.operator = cast.operators().get(client % cast.operators().size());
        this.random = new SplittableRandom(seed);
        this.clock = clock;
    }

    /** An order under way; etag is known once it is claimed. */
    record Order(String uid, boolean deposit, String etag) {}

    Order create(BenchPartner partner, boolean deposit) {
        var amount = random.nextInt(LEAST_MINOR, MOST_MINOR);
        var body = """
                {"type":"%s","amount":"%d.%02d","currency":"RUB","external_id":"%s"}""".formatted(deposit ? "deposit" : "withdrawal", amount / 100, amount % 100, uuid());
        var headers = new HashMap<>(partner.signed(ORDERS, body, clock.instant(), UUID.randomUUID()));
        headers.put("Idempotency-Key", uuid());
        return new Order(
                expect(201, ORDERS, line.send("POST", ORDERS, headers, body)).member("uid"), deposit, "");
    }

    void confirm(Order order) {
        var path = "/pay/" + order.uid() + "/confirm";
        var body = order.deposit() ? "{}" : "{\"card_number\":\"%s\"}".formatted(payersCard());
        var ignored = expect(202, path, line.send("POST", path, Map.of(), body));
    }

    Order claim(Order order) {
        var path = DESK + "/" + order.uid() + "/claim";
        var answer = expect(200, path, line.send("POST", path, PaymentsCast.bearer(operator), ""));
        return new Order(order.uid(), order.deposit(), answer.headers().getOrDefault("etag", ""));
    }

    void approve(Order order) {
        var path = DESK + "/" + order.uid() + "/approve";
        var headers = new HashMap<>(PaymentsCast.bearer(operator));
        headers.put("If-Match", order.etag());
        var card = cast.cards().get(random.nextInt(cast.cards().size()));
        var body = order.deposit()
                ? "{\"bank_reference\":\"%s\"}".formatted(uuid())
                : "{\"bank_reference\":\"%s\",\"payout_card_id\":\"%s\"}".formatted(uuid(), card);
        var answer = expect(200, path, line.send("POST", path, headers, body));
        if (!answer.member("status").equals("approved")) {
            throw unexpected(URI.create(path), answer);
        }
    }

    /** All four steps. */
    void whole(BenchPartner partner) {
        var order = create(partner, random.nextBoolean());
        confirm(order);
        approve(claim(order));
    }

    BenchPartner anyPartner() {
        return cast.partners().get(random.nextInt(cast.partners().size()));
    }

    void get(String path, String token) {
        var ignored = expect(200, path, line.send("GET", path, PaymentsCast.bearer(token), ""));
    }

    private static HttpLine.Answer expect(int status, String path, HttpLine.Answer answer) {
        if (answer.status() != status) {
            throw unexpected(URI.create(path), answer);
        }
        return answer;
    }

    static StartFailure unexpected(URI path, HttpLine.Answer answer) {
        return new StartFailure("%s answers %d: %s".formatted(path, answer.status(), answer.body()));
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** An invented number of sixteen digits under a prefix that no bank has. */
    private String payersCard() {
        var digits = "22042401%07d".formatted(random.nextInt(10_000_000));
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var digit = (digits.charAt(i) - '0') * (i % 2 == 0 ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return digits + (10 - sum % 10) % 10;
    }

    @Override
    public void close() {
        line.close();
    }
}

package io.darvoza.payments.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.PartnerHttp;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.TestPartners;
import io.darvoza.payments.ledger.Ledger;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import io.darvoza.payments.signature.KeyExamples;
import io.darvoza.payments.signature.Signer;
import io.darvoza.payments.vault.CardNumber;
import io.darvoza.payments.vault.PanVault;
import io.darvoza.payments.vault.Purpose;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** A partner with a key, money and cards, and the people of its payment desk, all over HTTP. */
public final class OrderWorld implements AutoCloseable {

    public static final Duration SOON = Duration.ofSeconds(30);
    public static final String PARTNER = TestTokens.shared().program("partner", "partner");
    public static final String PARTNER2 = TestTokens.shared().program("partner2", "partner");
    public static final String OPERATOR = TestTokens.shared().user("payments_operator", "payments_operator");
    public static final String OPERATOR2 = TestTokens.shared().user("payments_operator2", "payments_operator");
    public static final String SUPERVISOR = TestTokens.shared().user("payments_supervisor", "payments_supervisor");
    public static final String SUPERVISOR2 = TestTokens.shared().user("payments_supervisor2", "payments_supervisor");
    public static final String COMPLIANCE = TestTokens.shared().user("payments_compliance", "payments_compliance");
    public static final String ADMIN = TestTokens.shared().user("payments_admin", "payments_admin");
    public static final String ADMIN2 = TestTokens.shared().user("payments_admin2", "payments_admin");
    public static final String AUDITOR = TestTokens.shared().user("auditor", "auditor");
    public static final String PAYER_CARD = "2200000000000004";

    public final DatabaseClient database;
    public final UUID partner;
    private final Ledger ledger;
    private final PanVault vault;
    private final PartnerHttp http;
    private final Signer signer;

    public OrderWorld(ApplicationContext service, int port) {
        database = service.getBean(DatabaseClient.class);
        ledger = service.getBean(Ledger.class);
        vault = service.getBean(PanVault.class);
        http = new PartnerHttp(port);
        signer = new KeyExamples(service).signer();
        partner = TestPartners.add(database, "partner");
        if (number("select count(*) from card") == 0) {
            for (int i = 0; i < 8; i++) {
                addCard();
            }
        }
    }

    /** A card for both directions with wide caps. */
    public UUID addCard() {
        String pan = pan();
        UUID token = vault.keep(CardNumber.parse(pan).orElseThrow(), Purpose.PLATFORM_CARD)
                .block(SOON)
                .id();
        UUID card = UUID.randomUUID();
        execute("""
                insert into card (id, pan_token, mask, bank, holder, holder_kind, legal_basis, currency, direction, status,
                    status_since, valid_until, zone, min_minor, max_minor, cooldown_seconds, created_at)
                values ('%s', '%s', '%s', 'Тестбанк', 'ПРИМЕР ПРИМЕРОВ', 'organisation', 'Договор 1', 'RUB', 'both', 'active',
                    now(), current_date + 1000, 'Europe/Moscow', 1, 99999999999999, 0, now())
                """.formatted(card, token, CardNumber.parse(pan).orElseThrow().mask()));
        execute(
                "insert into card_counter (card_id, direction, accepting) values ('%1$s', 'in', true), ('%1$s', 'out', true)"
                        .formatted(card));
        return card;
    }

    /** A synthetic number with a right check digit. */
    public static String pan() {
        String head = "220000" + "%09d".formatted(ThreadLocalRandom.current().nextInt(1_000_000_000));
        for (int check = 0; check < 10; check++) {
            if (CardNumber.parse(head + check).isPresent()) {
                return head + check;
            }
        }
        throw new IllegalStateException("one of ten digits is right");
    }

    public void prefund(long minor) {
        ledger.post(Posting.prefund(partner, minor), Currency.RUB, "user:test").block(SOON);
    }

    public long available() {
        return ledger.balanceOf(partner, Currency.RUB).block(SOON).available();
    }

    public long held() {
        return ledger.balanceOf(partner, Currency.RUB).block(SOON).held();
    }

    public Reply create(String key, String body) {
        return create(PARTNER, key, body);
    }

    public Reply create(String token, String key, String body) {
        var headers = new HashMap<>(signer.headers("POST", http.uri("/v1/payments/orders"), body));
        if (key != null) {
            headers.put("Idempotency-Key", key);
        }
        return http.send("POST", "/v1/payments/orders", token, body, headers);
    }

    /** A new order, which must succeed. */
    public JsonNode created(String type, String amount) {
        Reply reply = create(UUID.randomUUID().toString(), wish(type, amount));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    public static String wish(String type, String amount) {
        return "{\"type\":\"%s\",\"amount\":\"%s\",\"currency\":\"RUB\",\"external_id\":\"%s\"}"
                .formatted(type, amount, UUID.randomUUID());
    }

    public Reply partnerPost(String path) {
        return http.send("POST", path, PARTNER, "", signer.headers("POST", http.uri(path), ""));
    }

    public Reply get(String token, String path) {
        return http.send("GET", path, token, null, Map.of());
    }

    public Reply pay(String uid, String action, String body) {
        return http.anonymous("POST", "/pay/" + uid + "/" + action, body);
    }

    public Reply payer(String path) {
        return http.anonymous("GET", "/pay/" + path, null);
    }

    public Reply confirmed(String uid) {
        Reply reply = pay(uid, "confirm", "{}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply;
    }

    public Reply ops(String token, String uid, String action) {
        return ops(token, uid, action, null, null);
    }

    public Reply ops(String token, String uid, String action, Object version, String body) {
        Map<String, String> headers = version == null ? Map.of() : Map.of("If-Match", "\"" + version + "\"");
        return http.send("POST", "/v1/payments/ops/orders/" + uid + "/" + action, token, body, headers);
    }

    public Reply post(String token, String path, String body) {
        return http.send("POST", path, token, body, Map.of());
    }

    Reply post(String token, String path, String body, Map<String, String> headers) {
        return http.send("POST", path, token, body, headers);
    }

    /** The card that a deposit goes to. */
    String cardOf(String uid) {
        return database.sql("select card_id::text from payment_order where uid = :uid")
                .bind("uid", UUID.fromString(uid))
                .mapValue(String.class)
                .one()
                .block(SOON);
    }

    /** Claims, and gives the version that a decision must name. */
    public long claimed(String token, String uid) {
        Reply reply = ops(token, uid, "claim");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().get("version").asLong();
    }

    public UUID anyCard() {
        return database.sql("select id from card limit 1")
                .mapValue(UUID.class)
                .one()
                .block(SOON);
    }

    public List<String> eventsOf(String uid) {
        return database.sql("select type from outbox_event where event_key = :uid order by id")
                .bind("uid", uid)
                .mapValue(String.class)
                .all()
                .collectList()
                .block(SOON);
    }

    public List<String> feedOf(String uid) {
        return database.sql("select f.kind from ops_feed f join payment_order o on o.id = f.order_id where o.uid = :uid"
                        + " order by f.id")
                .bind("uid", UUID.fromString(uid))
                .mapValue(String.class)
                .all()
                .collectList()
                .block(SOON);
    }

    /** All invariants hold, as the endpoint says. */
    public void assertBalanced() {
        Reply check = get(ADMIN, "/v1/payments/admin/ledger/check");
        assertThat(check.status()).isEqualTo(200);
        assertThat(check.json().get("balanced").asBoolean()).as(check.text()).isTrue();
    }

    public long number(String sql) {
        return database.sql(sql).mapValue(Long.class).one().block(SOON);
    }

    public void execute(String sql) {
        database.sql(sql).then().block(SOON);
    }

    @Override
    public void close() {
        http.close();
    }
}

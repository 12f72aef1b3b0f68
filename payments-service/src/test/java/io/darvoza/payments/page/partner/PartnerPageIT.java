package io.darvoza.payments.page.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.payments.RealService;
import io.darvoza.payments.TestPartners;
import io.darvoza.payments.page.PageWorld;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

@RealService
class PartnerPageIT {

    private static final String PAGE = "/payments/partner";
    private static final String SIMULATION = PAGE + "/simulation";
    private static final String OWN = person("partner");
    private static final String STRANGER = person("partner2");

    /** Of a partner with few keys: other tests give {@code partner} as many as one may have. */
    private static final String KEEPER = person("key_keeper");

    @Autowired
    ApplicationContext service;

    @LocalServerPort
    int port;

    private PageWorld world;

    @BeforeEach
    void open() {
        world = new PageWorld(service, port);
        TestPartners.add(service.getBean(DatabaseClient.class), "key_keeper");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String person(String partner) {
        return TestTokens.shared()
                .draft()
                .user(partner + "_user", "partner")
                .claim("partner", partner)
                .sign();
    }

    @Test
    void showsBalanceAndStatementOfTheDaysThatWereAskedFor() {
        HttpResponse<String> answer = world.opens(OWN, "ru", PAGE);

        String page = page(answer);
        assertThat(page).contains("Партнёр Первый", "data-available", "₽", "Внесение партнёра");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page(world.opens(OWN, "en", PAGE + "?from=2020-01-01&until=2020-12-31")))
                .contains("No money moved in these days", "value=\"2020-01-01\"");
        assertThat(world.opens(OWN, "ru", PAGE + "?from=2020-01-01&until=2025-01-01")
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.opens(OWN, "ru", PAGE + "?from=2020-02-01&until=2020-01-01")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void offersTheSameDaysAsAFile() {
        String page = page(world.opens(OWN, "ru", PAGE));
        String link = first(page, "href=\"(/v1/payments/statement[^\"]+)\"").replace("&amp;", "&");

        var file = world.programs().send("GET", link, OWN, null, Map.of());

        assertThat(file.status()).as(file.text()).isEqualTo(200);
        assertThat(file.text()).startsWith("at,kind,order_uid").contains("prefund");
    }

    @Test
    void showsASecretOnceAndNeverAgain() {
        String label = "Касса " + UUID.randomUUID();

        HttpResponse<String> made = world.sends(
                KEEPER, PAGE + "/keys", Map.of("label", label, "scopes", "create", "ip_allowlist", "203.0.113.7"));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
        String secret = first(made.body(), "data-secret>([0-9a-f]{64})<");
        String keys = page(world.opens(KEEPER, "ru", PAGE + "/keys"));
        assertThat(keys).contains(label, "203.0.113.7").doesNotContain(secret);
        assertThat(page(world.opens(STRANGER, "ru", PAGE + "/keys"))).doesNotContain(label);
    }

    @Test
    void replacesAndRevokesItsOwnKeyAndNobodyElses() {
        String label = "Замена " + UUID.randomUUID();
        String id = made(label);

        assertThat(world.sends(STRANGER, PAGE + "/keys/" + id + "/revoke", Map.of())
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> rotated = world.sends(KEEPER, PAGE + "/keys/" + id + "/rotate", Map.of());
        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(200);
        assertThat(first(rotated.body(), "data-secret>([0-9a-f]{64})<")).isNotEmpty();
        assertThat(world.sends(KEEPER, PAGE + "/keys/" + id + "/revoke", Map.of())
                        .statusCode())
                .isEqualTo(303);

        assertThat(section(page(world.opens(KEEPER, "ru", PAGE + "/keys")), "key-" + id))
                .contains("отозван")
                .doesNotContain("<form");
    }

    @Test
    void keepsWhatWasTypedWhenAKeyIsRefused() {
        HttpResponse<String> refused = world.sends(
                KEEPER,
                PAGE + "/keys",
                Map.of("label", "Мой ключ", "scopes", "everything", "ip_allowlist", "не адрес"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("value=\"Мой ключ\"", ">не адрес</textarea>", "href=\"#ip_allowlist\"", "href=\"#scopes\"")
                .doesNotContain("data-secret");
    }

    @Test
    void addsAnAddressTestsItAndSendsAgain() {
        HttpResponse<String> added = world.sends(
                OWN, PAGE + "/callbacks", Map.of("url", "https://shop.example.test/hook/" + UUID.randomUUID()));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(first(added.body(), "data-secret>(whsec_[^<]+)<")).isNotEmpty();
        String id = first(added.body(), "id=\"address-([^\"]+)\"");
        String own = PAGE + "/callbacks?address=" + id;
        assertThat(page(world.opens(OWN, "ru", own))).doesNotContain("whsec_").contains("Доставок нет");

        assertThat(world.sends(OWN, PAGE + "/callbacks/" + id + "/test", Map.of())
                        .statusCode())
                .isEqualTo(303);
        String delivery = first(page(world.opens(OWN, "ru", own)), "id=\"delivery-([^\"]+)\"");
        assertThat(page(world.opens(OWN, "ru", own))).contains("webhook.test");
        assertThat(world.opens(STRANGER, "ru", own).statusCode()).isEqualTo(404);
        assertThat(world.sends(STRANGER, PAGE + "/deliveries/" + delivery + "/again", Map.of())
                        .statusCode())
                .isEqualTo(404);
        // The sender may be at it, and note what became of its try.
        await().atMost(PageWorld.BOUND).until(() -> {
            world.execute("update webhook_delivery set state = 'failed', next_attempt_at = null, lease_until = null"
                    + " where id = '" + delivery + "'");
            return page(world.opens(OWN, "ru", own + "&state=failed")).contains("delivery-" + delivery);
        });
        assertThat(world.sends(OWN, PAGE + "/deliveries/" + delivery + "/again?address=" + id, Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(world.text("select state from webhook_delivery where id = '" + delivery + "'"))
                .isEqualTo("pending");

        assertThat(world.sends(OWN, PAGE + "/callbacks/" + id + "/delete", Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(world.opens(OWN, "ru", own).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://shop.example.test/", "https://127.0.0.1/", "https://10.0.0.1/x", "nonsense"})
    void refusesAnAddressThatIsNotPublic(String url) {
        HttpResponse<String> refused = world.sends(OWN, PAGE + "/callbacks", Map.of("url", url));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("value=\"" + url + "\"", "href=\"#url\"");
    }

    @ParameterizedTest
    @CsvSource({
        "deposit, approved, одобрено",
        "deposit, rejected, отклонено",
        "withdrawal, approved, одобрено",
        "withdrawal, failed, не прошло"
    })
    void playsAnOrderToItsEndInTheLocalRun(String type, String ending, String word) {
        if (type.equals("withdrawal")) {
            // A card pays out what came in on it.
            assertThat(ended(simulated("deposit"), "approved")).isEqualTo(303);
        }
        String uid = simulated(type);

        assertThat(ended(uid, ending)).isEqualTo(303);

        assertThat(section(page(world.opens(OWN, "ru", SIMULATION)), "order-" + uid))
                .contains(word);
        assertThat(ended(uid, ending)).isEqualTo(409);
    }

    private String simulated(String type) {
        int random = (int) (Math.random() * 9_000 + 1_000);
        String amount = (type.equals("deposit") ? "2" : "") + random + ",50";
        HttpResponse<String> made = world.sends(OWN, SIMULATION, Map.of("type", type, "amount", amount));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
        return first(page(world.opens(OWN, "ru", SIMULATION)), "id=\"order-([^\"]+)\"");
    }

    private int ended(String uid, String ending) {
        return world.sends(OWN, SIMULATION + "/" + uid, Map.of("ending", ending))
                .statusCode();
    }

    @Test
    void leavesOrdersOfTheProgramAndOfOthersAlone() {
        String uid = world.order("deposit", "84.00").get("uid").asString();

        assertThat(world.sends(OWN, PAGE + "/simulation/" + uid, Map.of("ending", "approved"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(world.sends(OWN, PAGE + "/simulation", Map.of("type", "deposit", "amount", "0"))
                        .statusCode())
                .isEqualTo(400);
    }

    /** Or a token without its secret would be worth a key. */
    @ParameterizedTest
    @ValueSource(strings = {"/keys", "/callbacks", "/%6Beys", "/keys/11111111-2222-4333-8444-555555555555/rotate"})
    void isNoWayRoundTheSignatureOfAProgram(String path) {
        String program = TestTokens.shared().program("partner", "partner");

        HttpResponse<String> answer = world.sends(
                program,
                PAGE + path,
                Map.of("label", "Взлом", "scopes", "manage", "url", "https://evil.example.test/"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("signature_invalid");
        assertThat(page(world.opens(OWN, "ru", PAGE + "/keys"))).doesNotContain("Взлом");
        assertThat(page(world.opens(OWN, "ru", PAGE + "/callbacks"))).doesNotContain("evil.example");
    }

    @Test
    void isNobodysWithoutAPartner() {
        String nobody = TestTokens.shared().user("lonely", "partner");

        assertThat(world.opens(nobody, "ru", PAGE).statusCode()).isEqualTo(403);
        assertThat(world.opens(null, "ru", PAGE).statusCode()).isEqualTo(401);
    }

    private String made(String label) {
        String page = world.sends(KEEPER, PAGE + "/keys", Map.of("label", label, "scopes", "read"))
                .body();
        return first(page, "<code[^>]*>([0-9a-f]{8}-[^<]+)</code></dd>");
    }

    private static String page(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The list's item with that id. */
    private static String section(String page, String id) {
        int from = page.indexOf("id=\"" + id + "\"");
        assertThat(from).as(id).isPositive();
        return page.substring(from, page.indexOf("</li>", from));
    }

    private static String first(String page, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(page);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }
}

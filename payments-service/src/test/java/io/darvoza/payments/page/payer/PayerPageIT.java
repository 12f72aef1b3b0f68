package io.darvoza.payments.page.payer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.payments.RealService;
import io.darvoza.payments.page.PageWorld;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@RealService
@ExtendWith(OutputCaptureExtension.class)
class PayerPageIT {

    private static final String CARD = "2200000000000004";

    @Autowired
    ApplicationContext service;

    @LocalServerPort
    int port;

    private PageWorld world;

    @BeforeEach
    void open() {
        world = new PageWorld(service, port);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void showsAmountAndCardOfADeposit() {
        JsonNode order = world.order("deposit", "1234.50");

        String page = page(order);

        String grouped = order.get("card_number").asString().replaceAll("(.{4})(?=.)", "$1 ");
        assertThat(plain(page)).contains("1 234,50 ₽", grouped, "Я оплатил").doesNotContain("name=\"card_number\"");
        assertThat(left(page)).isBetween(800_000L, 900_000L);
        assertThat(shown(page)).isEqualTo("new");
    }

    @Test
    void asksForTheCardOfAWithdrawalInTheLanguageOfItsReader() {
        JsonNode order = world.order("withdrawal", "350.00");

        assertThat(page(order)).contains("lang=\"ru\"", "name=\"card_number\"", "autocomplete=\"cc-number\"", "Ок");
        assertThat(world.opens(null, "en", address(order)).body())
                .contains("lang=\"en\"", "Which card shall the money go to?", "RUB");
    }

    @Test
    void isSmallAndWholeAndRunsNothingButItsOwnScript() throws Exception {
        for (String type : new String[] {"deposit", "withdrawal"}) {
            HttpResponse<String> answer = world.opens(null, "ru", address(world.order(type, "77.00")));
            String page = answer.body();

            assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(30_000);
            assertThat(page).doesNotContain("src=", "<link rel=\"stylesheet\"", "http://", "javascript:", "style=\"");
            String policy =
                    answer.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
            assertThat(policy)
                    .startsWith("default-src 'none'; script-src '" + hash("script", page) + "'; style-src '"
                            + hash("style", page) + "'")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(answer.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
        }
    }

    @Test
    void takesIHavePaidAsAPlainForm() {
        JsonNode order = world.order("deposit", "78.10");

        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = world.sends(null, address(order), Map.of("action", "confirm"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).hasValue(address(order));
        }

        assertThat(shown(page(order))).isEqualTo("processing");
        assertThat(page(order)).contains("http-equiv=\"refresh\"");
    }

    @Test
    void takesACardNumberWithSpacesAndNeitherLogsNorRepeatsIt(CapturedOutput output) {
        JsonNode order = world.order("withdrawal", "79.00");

        HttpResponse<String> answer = world.sends(
                null, address(order), Map.of("action", "confirm", "card_number", " 2200 0000\u00a00000-0004 "));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).doesNotContain("2200");
        String page = page(order);
        assertThat(page).contains("•••• 0004").doesNotContain(CARD, "2200 0000");
        assertThat(output.getAll()).doesNotContain(CARD, "2200 0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2200000000000005", "1234", "", "4111 1111 1111 111x"})
    void refusesAWrongCardNumberAtItsFormAndKeepsWhatWasTyped(String typed) {
        JsonNode order = world.order("withdrawal", "80.00");

        HttpResponse<String> answer =
                world.sends(null, address(order), Map.of("action", "confirm", "card_number", typed));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(shown(answer.body())).isEqualTo("new");
        assertThat(answer.body()).contains("value=\"" + typed + "\"");
        assertThat(between(answer.body(), "id=\"problem\"", "</div>")).doesNotContain("hidden=");
    }

    @ParameterizedTest
    @CsvSource({"deposit, Платёж отменён", "withdrawal, Вывод отменён"})
    void givesAnOrderUpAndSaysSo(String type, String words) {
        JsonNode order = world.order(type, "81.00");

        for (int i = 0; i < 2; i++) {
            assertThat(world.sends(null, address(order), Map.of("action", "cancel"))
                            .statusCode())
                    .isEqualTo(303);
        }

        String page = page(order);
        assertThat(shown(page)).isEqualTo("cancelled");
        assertThat(page).contains(words).doesNotContain("<form");
        assertThat(page)
                .as("a card to pay to")
                .doesNotContain(order.path("card_number").asString("no card of ours"));
    }

    @Test
    void anExpiredPageSaysWhatToDoIfOneHasPaid() {
        JsonNode order = world.order("deposit", "82.00");
        String uid = order.get("uid").asString();
        world.execute("update payment_order set expires_at = now() - interval '1 s',"
                + " closes_at = now() + interval '1 h' where uid = '" + uid + "'");
        String late = page(order);
        assertThat(shown(late)).isEqualTo("new");
        assertThat(between(late, "data-late hidden", ">"))
                .as("the notice of lateness is shown")
                .isEmpty();
        assertThat(late).contains("Время вышло: больше не переводите", "Я оплатил");
        assertThat(left(late)).isZero();

        world.execute("update payment_order set closes_at = now() - interval '1 s' where uid = '" + uid + "'");
        HttpResponse<String> tooLate = world.sends(null, address(order), Map.of("action", "confirm"));
        assertThat(tooLate.statusCode()).isEqualTo(410);
        awaitStatus(uid, "expired");

        String page = page(order);
        assertThat(shown(page)).isEqualTo("expired");
        assertThat(page)
                .contains("Уже перевели?", uid, "https://shop.example.test/back")
                .doesNotContain(order.get("card_number").asString(), "<form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/payment.html",
                "/payment.html?uid=",
                "/payment.html?uid=1",
                "/payment.html?uid=%3Cscript%3Ealert(1)%3C/script%3E",
                "/payment.html?uid=11111111-2222-4333-8444-555555555555"
            })
    void saysThatALinkIsUnknownAndNothingElse(String path) {
        HttpResponse<String> answer = world.opens(null, "ru", path);

        assertThat(answer.statusCode()).isEqualTo(path.matches(".*uid=.+") ? 404 : 400);
        assertThat(answer.body()).contains("Такой ссылки нет").doesNotContain("<script");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
    }

    @Test
    void refusesAFormThatIsNotItsOwn() {
        JsonNode order = world.order("deposit", "83.00");

        assertThat(world.sends(null, address(order), Map.of("action", "approve"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.sends(null, "/payment.html?uid=" + UUID.randomUUID(), Map.of("action", "cancel"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(shown(page(order))).isEqualTo("new");
    }

    private void awaitStatus(String uid, String status) {
        await().atMost(PageWorld.BOUND)
                .until(() -> status.equals(world.text("select status from payment_order where uid = '" + uid + "'")));
    }

    private String page(JsonNode order) {
        HttpResponse<String> answer = world.opens(null, "ru", address(order));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String address(JsonNode order) {
        return "/payment.html?uid=" + order.get("uid").asString();
    }

    /** Numbers' groups are parted by a space that does not break. */
    private static String plain(String page) {
        return page.replaceAll("[\u00a0\u202f]", " ");
    }

    private static long left(String page) {
        return Long.parseLong(between(page, "data-left=\"", "\""));
    }

    private static String shown(String page) {
        Matcher sections =
                Pattern.compile("<section[^>]*data-for=\"(\\w+)\"([^>]*)>").matcher(page);
        String shown = sections.results()
                .filter(section -> !section.group().contains("hidden"))
                .map(section -> section.group(1))
                .reduce("", String::concat);
        assertThat(shown).isEqualTo(between(page, "data-state=\"", "\""));
        return shown;
    }

    private static String hash(String element, String page) throws Exception {
        String text = between(page, "<" + element + ">", "</" + element + ">");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start);
        return from < 0 ? "" : text.substring(from + start.length(), text.indexOf(end, from + start.length()));
    }
}

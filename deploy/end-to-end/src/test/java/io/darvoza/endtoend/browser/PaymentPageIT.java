package io.darvoza.endtoend.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.darvoza.endtoend.RunningSuite;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payer's page, as payers meet it: without an account, on whatever they hold in their hands. */
class PaymentPageIT {

    private static final Look PHONE = new Look(360, ColorScheme.LIGHT, "ru", true);

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @Test
    void takesADepositOnceAndShowsItsOutcomeLive() {
        SimulatedPayment payment = SimulatedPayment.of("deposit");
        try (Visitor visitor = Visitor.with(PHONE)) {
            List<String> sent = posts(visitor.page());
            Page page = visitor.opens(payment.path()).page();
            assertThat(page.locator("[data-clock]")).hasText(Pattern.compile("1[0-5]:[0-5][0-9]"));
            assertThat(page.locator("[data-for=new] dd .big").first())
                    .hasText(Pattern.compile("([0-9]{4} ){3}[0-9]{4}"));
            page.evaluate("window.sameDocument = true");

            page.locator(".main").dblclick();

            Locator processing = page.locator("[data-for=processing] h1");
            assertThat(processing).isVisible();
            assertThat(processing).isFocused();
            assertThat(sent).hasSize(1);
            payment.ends("approved");
            assertThat(page.locator("[data-for=approved] h1")).isVisible();
            assertThat(page.locator("[data-for=approved] h1")).isFocused();
            assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
            visitor.findsNothingWithAxe();
            visitor.heardNoComplaint();
        }
    }

    @Test
    void findsTheMistakeInACardNumberBeforeItIsSentAndKeepsItOutOfEveryAddress() {
        SimulatedPayment payment = SimulatedPayment.of("withdrawal");
        try (Visitor visitor = Visitor.with(PHONE)) {
            List<String> sent = posts(visitor.page());
            List<String> addresses = new CopyOnWriteArrayList<>();
            visitor.page().onRequest(request -> addresses.add(request.url()));
            Page page = visitor.opens(payment.path()).page();

            page.locator("#card").fill("2200 0000 0000 0005");
            page.locator(".main").click();
            assertThat(page.locator("#card")).hasAttribute("aria-invalid", "true");
            assertThat(page.locator("#card")).isFocused();
            assertThat(page.locator("#card-error")).isVisible();
            assertThat(sent).isEmpty();

            page.locator("#card").fill(" 2200-0000 00000004");
            page.locator(".main").click();
            assertThat(page.locator("[data-card-mask]")).hasText("•••• 0004");
            assertThat(sent).hasSize(1);
            payment.ends("failed");
            assertThat(page.locator("[data-for=failed] h1")).isVisible();
            assertThat(addresses).noneMatch(address -> address.contains("2200"));
            visitor.heardNoComplaint();
        }
    }

    @Test
    void hearsOfTheOutcomeWhereNoStreamComesThrough() {
        SimulatedPayment payment = SimulatedPayment.of("deposit");
        try (Visitor visitor = Visitor.with(PHONE)) {
            visitor.page().route("**/pay/*/events", Route::abort);
            Page page = visitor.opens(payment.path()).page();
            page.locator(".main").click();
            assertThat(page.locator("[data-for=processing] h1")).isVisible();

            payment.ends("rejected");

            assertThat(page.locator("[data-for=rejected] h1")).isVisible();
        }
    }

    @Test
    void isOneSmallAnswerAndAsksNobodyElse() {
        SimulatedPayment payment = SimulatedPayment.of("deposit");
        try (Visitor visitor = Visitor.with(PHONE)) {
            List<String> addresses = new CopyOnWriteArrayList<>();
            visitor.page().onRequest(request -> addresses.add(request.url()));

            String address = RunningSuite.get().address() + payment.path();
            Response answer = visitor.page().navigate(address);
            visitor.page().waitForCondition(() -> addresses.size() > 1);

            assertThat(answer.body().length).isLessThan(30_000);
            assertThat(answer.headerValues("Content-Security-Policy")).hasSize(1);
            assertThat(answer.headerValue("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.headerValue("Cache-Control")).isEqualTo("no-store");
            assertThat(addresses)
                    .containsExactly(address, RunningSuite.get().address() + "/pay/" + payment.uid() + "/events");
        }
    }

    @Test
    void worksWithoutScripts() {
        SimulatedPayment deposit = SimulatedPayment.of("deposit");
        SimulatedPayment withdrawal = SimulatedPayment.of("withdrawal");
        try (Visitor visitor = Visitor.with(PHONE.withoutScripts())) {
            Page page = visitor.opens(deposit.path()).page();
            page.locator(".main").click();
            assertThat(page.locator("[data-for=processing] h1")).isVisible();

            visitor.opens(withdrawal.path());
            page.locator("#card").fill("2200 0000 0000 0005");
            page.locator(".main").click();
            assertThat(page.locator("#problem")).isVisible();
            assertThat(page.locator("#card")).hasValue("2200 0000 0000 0005");
            page.locator("summary").click();
            page.locator("details button").click();
            assertThat(page.locator("[data-for=cancelled] h1")).isVisible();
        }
    }

    @ParameterizedTest
    @CsvSource({"360, DARK, en", "768, LIGHT, ru", "1440, DARK, ru"})
    void isAccessibleAndFitsItsWindowInEveryState(int width, ColorScheme theme, String language) {
        SimulatedPayment deposit = SimulatedPayment.of("deposit");
        SimulatedPayment withdrawal = SimulatedPayment.of("withdrawal");
        try (Visitor visitor = Visitor.with(new Look(width, theme, language, true))) {
            Page page = visitor.opens(withdrawal.path()).page();
            assertThat(page.locator("html")).hasAttribute("lang", language);
            page.locator("#card").fill("1234");
            page.locator(".main").click();
            looksRight(visitor);
            page.locator("summary").click();
            page.locator("details button").click();
            assertThat(page.locator("[data-for=cancelled] h1")).isVisible();
            looksRight(visitor);

            visitor.opens(deposit.path());
            looksRight(visitor);
            page.locator(".main").click();
            assertThat(page.locator("[data-for=processing] h1")).isVisible();
            looksRight(visitor);
            visitor.opens("/payment.html?uid=nothing");
            assertThat(page.locator("h1")).isVisible();
            looksRight(visitor);
            visitor.heardNoComplaint();
        }
    }

    private static void looksRight(Visitor visitor) {
        visitor.findsNothingWithAxe();
        visitor.needNotScrollSideways();
    }

    private static List<String> posts(Page page) {
        List<String> sent = new CopyOnWriteArrayList<>();
        page.onRequest(request -> {
            if (request.method().equals("POST")) {
                sent.add(request.url());
            }
        });
        return sent;
    }
}

package io.darvoza.endtoend.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The partner's own pages, signed in through the gateway. */
class PartnerPagesIT {

    private static final String PAGE = "/payments/partner";
    private static final List<String> PAGES = List.of("", "/keys", "/callbacks", "/simulation");

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @ParameterizedTest
    @CsvSource({"360, LIGHT, ru", "1440, DARK, en"})
    void everyPageIsAccessibleAndFitsItsWindow(int width, ColorScheme theme, String language) {
        try (Visitor visitor =
                Visitor.with(new Look(width, theme, language, true)).signsIn("partner_user", PAGE)) {
            for (String page : PAGES) {
                visitor.opens(PAGE + page);
                assertThat(visitor.page().locator("html")).hasAttribute("lang", language);
                assertThat(visitor.page().locator(".nav-area[aria-current]")).hasAttribute("href", PAGE);
                visitor.findsNothingWithAxe();
                visitor.needNotScrollSideways();
            }
            visitor.heardNoComplaint();
        }
    }

    @Test
    void makesAKeyWhoseSecretIsShownOnceAndRevokesIt() {
        String label = "Касса " + UUID.randomUUID();
        try (Visitor visitor = Visitor.with(Look.DESK).signsIn("partner_user", PAGE + "/keys")) {
            Page page = visitor.page();

            page.locator("#label").fill(label);
            page.locator("form[action='/payments/partner/keys'] button").click();

            String secret = page.locator("[data-secret]").textContent();
            assertThat(secret).matches("[0-9a-f]{64}");
            visitor.findsNothingWithAxe();
            visitor.opens(PAGE + "/keys");
            assertThat(page.locator("[data-secret]")).hasCount(0);
            assertThat(page.content()).doesNotContain(secret);

            var key = page.locator("li", new Page.LocatorOptions().setHasText(label))
                    .last();
            key.locator("summary").click();
            key.locator("details button").click();
            assertThat(page.locator("li", new Page.LocatorOptions().setHasText(label))
                            .last())
                    .containsText("отозван");
            visitor.heardNoComplaint();
        }
    }

    @Test
    void playsAnOrderThroughAsPayerAndOperator() {
        try (Visitor visitor = Visitor.with(Look.DESK).signsIn("partner_user", PAGE + "/simulation")) {
            Page page = visitor.page();
            SimulatedPayment payment = SimulatedPayment.of("deposit");
            visitor.opens(PAGE + "/simulation");
            var order = page.locator("#order-" + payment.uid());

            order.locator("button", new Locator.LocatorOptions().setHasText("Одобрить"))
                    .click();

            assertThat(page.locator("#order-" + payment.uid() + " .status")).hasText("одобрено");
            visitor.opens(PAGE);
            assertThat(page.locator("[data-row]").last()).isVisible();
            visitor.heardNoComplaint();
        }
    }
}

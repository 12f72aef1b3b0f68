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

class PaymentsDeskIT {

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @Test
    void anOrderAppearsWithoutReloadAndIsDecidedByKeyboardAlone() {
        try (Visitor visitor = Visitor.with(Look.DESK)
                .signsIn("payments_operator", "/payments")
                .live()) {
            Page page = visitor.page();
            page.evaluate("window.sameDocument = true");

            String uid = PayersOrder.waiting("311.00");

            Locator row = page.locator("#order-" + uid);
            assertThat(row).containsText("311,00");
            assertThat(row).containsText("в срок");
            assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);

            row.locator(".row-title").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**/payments/orders/" + uid);
            page.keyboard().press("c");
            assertThat(page.locator("[role=status]").first()).containsText("Поручение у вас");
            page.keyboard().press("a");
            assertThat(page.locator("#approve-actual_amount")).isFocused();
            page.locator("#approve-bank_reference").focus();
            page.keyboard().type("RRN " + UUID.randomUUID());
            page.keyboard().press("Enter");

            assertThat(page.locator(".fact-line")).containsText("одобрено");
            assertThat(page.locator(".timeline")).containsText("плательщик подтвердил");
            assertThat(page.locator("button[value=next]")).isVisible();
            visitor.heardNoComplaint();
        }
    }

    @Test
    void whatAColleagueDoesShowsOnAnOpenOrderAndLosesNoWord() {
        String uid = PayersOrder.waiting("312.00");
        try (Visitor operator = Visitor.with(Look.DESK).signsIn("payments_operator", "/payments/orders/" + uid);
                Visitor compliance =
                        Visitor.with(Look.DESK).signsIn("payments_compliance", "/payments/orders/" + uid)) {
            Page page = operator.page();
            page.keyboard().press("c");
            operator.live();
            page.keyboard().press("r");
            page.locator("#reject-reason").selectOption("limits");
            page.locator("#reject-comment").fill("слова оператора");

            compliance.opens("/payments/orders/" + uid);
            compliance.page().keyboard().press("h");
            compliance.page().locator("#hold-supporting_document_id").fill("4711");
            compliance.page().keyboard().press("Enter");

            assertThat(page.locator(".fact-line")).containsText("на удержании");
            assertThat(page.locator("#changed")).isVisible();
            assertThat(page.locator("#reject-comment")).hasValue("слова оператора");
            page.locator("button[value=reject]").click();
            assertThat(page.locator("#meanwhile")).containsText("слова оператора");
            assertThat(page.locator("#meanwhile")).containsText("ждёт документ");
            operator.heardNoComplaint();
        }
    }

    @Test
    void theQueueAndADecisionWorkWithoutScripts() {
        String uid = PayersOrder.waiting("313.00");
        try (Visitor visitor = Visitor.with(Look.DESK.withoutScripts()).signsIn("payments_operator2", "/payments")) {
            Page page = visitor.page();
            page.locator("#order-" + uid + " .row-title").click();
            page.locator("button[value=claim]").click();
            page.locator("#approve-bank_reference").fill("RRN " + UUID.randomUUID());
            page.locator("button[value=approve]").click();

            assertThat(page.locator(".fact-line")).containsText("одобрено");
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, ru, 1440", "DARK, en, 360"})
    void everyPageIsAccessibleFitsItsWindowAndBreaksNoPolicy(ColorScheme theme, String language, int width) {
        String uid = PayersOrder.waiting("314.00");
        Look look = new Look(width, theme, language, true);
        try (Visitor visitor = Visitor.with(look).signsIn("payments_admin", "/payments")) {
            List<String> tabs = visitor.page().locator(".subnav-link").all().stream()
                    .map(tab -> tab.getAttribute("href"))
                    .toList();
            assertThat(tabs).hasSizeGreaterThan(6);
            look(visitor, tabs);
            for (String list : List.of("/payments/cards", "/payments/partners")) {
                visitor.opens(list)
                        .page()
                        .locator("[data-row] .row-title")
                        .first()
                        .click();
                visitor.findsNothingWithAxe();
                visitor.needNotScrollSideways();
            }
            visitor.heardNoComplaint();
        }
        try (Visitor visitor = Visitor.with(look).signsIn("payments_supervisor", "/payments/orders/" + uid)) {
            visitor.page().keyboard().press("c");
            assertThat(visitor.page().locator("#approve-bank_reference")).isVisible();
            look(
                    visitor,
                    List.of(
                            "/payments/orders/" + uid,
                            "/payments?status=all&last=24h",
                            "/payments?status=rejected&q=nobody"));
            visitor.page().locator("details.filters summary").first().click();
            visitor.findsNothingWithAxe();
            visitor.needNotScrollSideways();
            visitor.heardNoComplaint();
        }
    }

    private static void look(Visitor visitor, List<String> paths) {
        for (String path : paths) {
            visitor.opens(path);
            visitor.findsNothingWithAxe();
            visitor.needNotScrollSideways();
        }
    }
}

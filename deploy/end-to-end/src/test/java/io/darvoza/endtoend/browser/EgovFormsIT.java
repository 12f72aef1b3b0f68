package io.darvoza.endtoend.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import io.darvoza.endtoend.RunningSuite;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The buttons of verify.js, on our own forms with the session and on another site's with an embed token. */
class EgovFormsIT {

    private static final String DEMO = "/egov/embed/demo/";
    private static final String KNOWN = "900101300017";
    private static final String WRONG = "123456789012";

    @ParameterizedTest
    @CsvSource({"LIGHT, ru, 1440", "DARK, kk, 360", "LIGHT, en, 360"})
    void theDemoFormsAreAccessibleFitTheirWindowAndBreakNoPolicy(ColorScheme theme, String language, int width) {
        try (Visitor visitor =
                Visitor.with(new Look(width, theme, language, true)).signsIn("egov_user", DEMO + "guest")) {
            for (String form : List.of("guest", "student", "group")) {
                Page page = visitor.opens(DEMO + form).page();
                assertThat(page.locator(".egov-check").first()).isVisible();
                page.locator("input[name*=iin]").first().fill(WRONG);
                page.locator(".egov-check").first().click();
                assertThat(page.locator(".egov-result").first()).hasAttribute("data-state", "invalid");
                visitor.findsNothingWithAxe();
                visitor.needNotScrollSideways();
            }
            visitor.heardNoComplaint();
        }
    }

    @Test
    void aButtonWorksByKeyboardTellsWhatItFoundAndFillsOnlyAnEmptyName() {
        try (Visitor visitor = Visitor.with(Look.DESK).signsIn("egov_user", DEMO + "guest")) {
            Page page = visitor.page();
            page.locator("#iin").fill(" 900101 300017 ");
            page.keyboard().press("Tab");
            assertThat(page.locator(".egov-check").first()).isFocused();
            page.keyboard().press("Enter");

            assertThat(page.locator(".egov-result").first()).hasAttribute("data-state", "verified");
            assertThat(page.locator("#full_name")).not().hasValue("");
            assertThat(page.locator(".egov-check").first()).isFocused();

            assertThat(page.locator(".egov-result").first()).containsText("имя заполнено");
            page.locator("#full_name").fill("Typed By Hand");
            page.locator(".egov-check").first().click();
            assertThat(page.locator(".egov-result").first()).not().containsText("имя заполнено");
            assertThat(page.locator(".egov-result").first()).hasAttribute("data-state", "verified");
            assertThat(page.locator("#full_name")).hasValue("Typed By Hand");

            page.locator("#iin").fill("12");
            assertThat(page.locator(".egov-result").first()).isEmpty();
            page.locator(".egov-check").first().click();
            assertThat(page.locator("#iin")).isFocused();
            assertThat(page.locator("#iin")).hasAttribute("aria-invalid", "true");
            page.locator("form[action='/egov/embed/demo/guest'] .button-main").click();
            assertThat(page.locator(".notice-ok")).isVisible();
            visitor.heardNoComplaint();
        }
    }

    @Test
    void inAGroupEachButtonFillsItsOwnPersonsName() {
        try (Visitor visitor = Visitor.with(Look.DESK).signsIn("egov_user", DEMO + "group")) {
            Page page = visitor.page();
            page.locator("#iin_2").fill(KNOWN);
            page.locator(".egov-check").nth(1).click();

            assertThat(page.locator("#full_name_2")).not().hasValue("");
            assertThat(page.locator("#full_name_1")).hasValue("");
            assertThat(page.locator("#full_name_3")).hasValue("");

            visitor.opens(DEMO + "student");
            page.locator("#student_iin").fill(KNOWN);
            page.locator(".egov-check").click();
            assertThat(page.locator("#last_name")).not().hasValue("");
            assertThat(page.locator("#first_name")).hasValue(Pattern.compile("\\S+"));
        }
    }

    @Test
    void whatAServerTellsIsTextAndNeverMarkup() {
        try (Visitor visitor = Visitor.with(Look.DESK).signsIn("egov_user", DEMO + "guest")) {
            Page page = visitor.page();
            page.route(
                    "**/egov/ajax/verify-iin/",
                    route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                            .setContentType("application/json")
                            .setBody("{\"success\":true,\"data\":{\"full_name\":\"<img src=x onerror=alert(1)>\"}}")));
            page.locator("#iin").fill(KNOWN);
            page.locator(".egov-check").first().click();

            assertThat(page.locator(".egov-result").first()).containsText("<img src=x");
            assertThat(page.locator("main img")).hasCount(0);
            visitor.heardNoComplaint();
        }
    }

    @Test
    void aFormOfAnotherSiteVerifiesWithItsTokenAloneAndAThirdSiteCannot() {
        try (HostSite host = new HostSite("en");
                HostSite thief = new HostSite("en");
                // Signed in at the suite, which must not matter.
                Visitor visitor = Visitor.with(Look.DESK).signsIn("egov_user2", DEMO + "guest")) {
            Page page = visitor.page();
            List<Request> sent = new CopyOnWriteArrayList<>();
            page.onRequest(request -> remember(request, sent));
            page.navigate(host.origin() + "/");
            assertThat(page.locator(".egov-check")).hasCount(2);
            visitor.findsNothingWithAxe();

            page.locator("#guestIin").fill(KNOWN);
            Locator result = page.locator(".egov-result").first();
            page.locator(".egov-check").first().click();
            assertThat(result).hasAttribute("data-state", "verified");
            assertThat(result).containsText("Confirmed");
            assertThat(page.locator("#full_name")).not().hasValue("");
            assertThat(sent)
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.allHeaders())
                            .containsEntry("x-embed-token", host.lastToken())
                            .doesNotContainKeys("authorization", "cookie"));

            // A spent token is renewed by the page itself.
            String first = host.lastToken();
            for (int i = 0; i < 5; i++) {
                page.locator("#guestIin").fill(WRONG);
                page.locator(".egov-check").first().click();
                assertThat(result).hasAttribute("data-state", "invalid");
            }
            assertThat(host.lastToken()).isNotEqualTo(first);
            visitor.heardNoComplaint();

            page.navigate(thief.origin() + "/");
            assertThat(fetchWith(page, host.lastToken())).isEqualTo("TypeError");
        }
    }

    /** What a page hears that verifies with a token of another one. */
    private static Object fetchWith(Page page, String token) {
        return page.evaluate("""
                ([address, token]) => fetch(address, {method: "POST", headers: {"Content-Type": "application/json", "X-Embed-Token": token},
                  body: '{"iin":"123456789012"}'}).then(answer => answer.status, fault => fault.name)\
                """, List.of(RunningSuite.get().address() + "/egov/ajax/verify-iin/", token));
    }

    private static void remember(Request request, List<Request> sent) {
        if (request.url().contains("/egov/ajax/") && request.method().equals("POST")) {
            sent.add(request);
        }
    }
}

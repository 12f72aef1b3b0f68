package io.darvoza.endtoend.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgovPagesIT {

    private static final String VERIFICATIONS = "/egov/verifications/";
    private static final List<String> PAGES = List.of(
            VERIFICATIONS,
            "/egov/health/",
            "/egov/settings/",
            "/admin/egov_integration/",
            "/admin/egov_integration/egovapolog/");

    @ParameterizedTest
    @CsvSource({"LIGHT, ru, 1440", "DARK, en, 360"})
    void areAccessibleFitTheirWindowAndBreakNoPolicy(ColorScheme theme, String language, int width) {
        try (Visitor visitor =
                Visitor.with(new Look(width, theme, language, true)).signsIn("egov_admin", VERIFICATIONS)) {
            for (String path : PAGES) {
                visitor.opens(path);
                assertThat(visitor.page().locator("h1")).isVisible();
                visitor.findsNothingWithAxe();
                visitor.needNotScrollSideways();
            }
            visitor.heardNoComplaint();
        }
    }

    @Test
    void aClerkVerifiesANumberAndSeesItMaskedAmongTheOthers() {
        try (Visitor visitor = Visitor.with(Look.DESK).signsIn("egov_user", VERIFICATIONS)) {
            Page page = visitor.page();

            page.locator("#number").fill("920727300121");
            page.locator("form[action='/egov/verifications/'] button").click();
            page.waitForURL(Pattern.compile(".*" + VERIFICATIONS + "[0-9a-f-]{36}"));
            visitor.opens(VERIFICATIONS);

            assertThat(page.locator("[data-row]").first()).not().containsText("920727300121");
            page.locator("[data-row] .row-title").first().click();
            assertThat(page.locator("h1")).isVisible();
            visitor.heardNoComplaint();
        }
    }
}

package io.darvoza.endtoend.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.darvoza.endtoend.RunningSuite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryPageIT {

    private static final String UNKNOWN = "/documents/no/such/page";
    private static final List<String> PAGES = List.of(
            "/",
            "/docs",
            "/documents",
            "/documents?status=archived",
            "/documents/789",
            "/documents/contracts",
            "/documents/contracts/101",
            UNKNOWN);

    @ParameterizedTest
    @CsvSource({"LIGHT, ru, 1440", "DARK, en, 1440", "LIGHT, en, 360", "DARK, ru, 360", "LIGHT, ru, 768"})
    void isAccessibleFitsItsWindowAndBreaksNoPolicy(ColorScheme theme, String language, int width) {
        try (Visitor visitor =
                Visitor.with(new Look(width, theme, language, true)).comesBack("bank_client", "/documents")) {
            for (String path : PAGES) {
                visitor.opens(path);
                assertThat(visitor.page().locator("html")).hasAttribute("lang", language);
                visitor.findsNothingWithAxe();
                visitor.needNotScrollSideways();
            }
            visitor.heardNoComplaint();
        }
    }

    @Test
    void carriesAPolicyWithTheNonceOfItsScriptsOnce() {
        try (Visitor visitor = Visitor.with(Look.DESK).comesBack("bank_client", "/documents")) {
            for (String path : PAGES) {
                Response answer = visitor.page().navigate(RunningSuite.get().address() + path);

                assertThat(answer.headerValues("Content-Security-Policy"))
                        .as(path)
                        .singleElement()
                        .asString()
                        .startsWith("default-src 'none'")
                        .doesNotContain("unsafe");
                String nonce = visitor.page()
                        .locator("script[src]")
                        .first()
                        .evaluate("s => s.nonce")
                        .toString();
                assertThat(answer.headerValue("Content-Security-Policy")).contains("'nonce-" + nonce + "'");
                assertThat(answer.headerValues("X-Content-Type-Options")).containsExactly("nosniff");
            }
        }
    }

    /** Under their own policy: styles in the page and workers of blobs, but no script from elsewhere. */
    @ParameterizedTest
    @CsvSource({
        "/docs/swagger?api=banking-docs-service, .opblock",
        "/docs/swagger?api=gateway, .opblock",
        "/docs/redoc?api=banking-docs-service, [data-section-id^='operation/']",
        "/docs/redoc?api=gateway, [data-section-id^='operation/']"
    })
    void showsTheOperationsInBothViewersOfTheApi(String path, String operation) {
        try (Visitor visitor = Visitor.with(Look.DESK).opens(path)) {
            assertThat(visitor.page().locator(operation).first()).isVisible();
            visitor.heardNoComplaint();
        }
    }

    @Test
    void letsNoScriptReadAToken() {
        try (Visitor visitor =
                Visitor.with(Look.DESK).signsIn("bank_client", "/documents").live()) {
            visitor.opens("/").opens("/documents").live();

            assertThat(visitor.whatScriptsCanRead()).doesNotContain("eyJ").doesNotContainIgnoringCase("token");
            List<Cookie> readable = visitor
                    .context()
                    .cookies(RunningSuite.get().address().toString())
                    .stream()
                    .filter(cookie -> !cookie.httpOnly)
                    .toList();
            assertThat(readable).extracting(cookie -> cookie.name).allMatch(name -> name.startsWith("darvoza_"));
        }
    }

    @Test
    void remembersLanguageAndThemeWithAndWithoutScripts() {
        for (Look look : List.of(Look.DESK, Look.DESK.withoutScripts())) {
            try (Visitor visitor = Visitor.with(look).opens("/")) {
                Page page = visitor.page();

                page.locator("details.menu summary").first().click();
                page.locator("a[hreflang=en]").click();
                assertThat(page.locator("html")).hasAttribute("lang", "en");
                page.locator("details.menu summary").first().click();
                page.locator("a[data-theme-choice=dark]").click();
                assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
                visitor.opens("/");
                assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
                assertThat(page.locator("html")).hasAttribute("lang", "en");
            }
        }
    }

    @Test
    void signsOutForGood() {
        try (Visitor visitor = Visitor.with(Look.DESK).signsIn("bank_client", "/documents")) {
            Page page = visitor.page();

            page.locator("details.menu summary").last().click();
            page.locator("form[action='/logout'] button").click();

            page.waitForURL(RunningSuite.get().address() + "/");
            assertThat(page.locator("header a[href='/login']")).isVisible();
            visitor.opens("/documents");
            assertThat(page.locator("input[name=password]")).isVisible();
            visitor.heardNoComplaint();
        }
    }

    @Test
    void showsNobodyAnAreaThatTheirRolesDoNotOpen() {
        try (Visitor visitor = Visitor.with(Look.DESK)
                .signsIn("gosuslugi_operator", "/documents")
                .opens("/")) {
            assertThat(visitor.page().locator(".nav-area")).hasCount(0);
        }
    }

    @Test
    void namesTheTraceOfAFaultAndAWayOn() {
        try (Visitor visitor = Visitor.with(Look.DESK).comesBack("bank_client", "/documents")) {
            Page page = visitor.opens(UNKNOWN).page();

            assertThat(page.locator("[data-copy]")).isVisible();
            page.locator("main a[href='/']").click();
            assertThat(page).hasURL(RunningSuite.get().address() + "/");
        }
    }
}

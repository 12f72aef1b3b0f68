package io.darvoza.endtoend.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documents for partners and their testers, which nobody has to sign in for. */
class PaymentsDocsIT {

    private static final String SECTION = "/payments/docs";
    private static final List<String> CHAPTERS =
            List.of("", "/signature", "/webhooks", "/samples", "/statuses", "/errors", "/limits", "/lawful");

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @ParameterizedTest
    @CsvSource({"360, DARK, ru", "1440, LIGHT, en"})
    void everyChapterIsAccessibleAndFitsItsWindow(int width, ColorScheme theme, String language) {
        try (Visitor visitor = Visitor.with(new Look(width, theme, language, true))) {
            for (String chapter : CHAPTERS) {
                visitor.opens(SECTION + chapter);
                assertThat(visitor.page().locator("html")).hasAttribute("lang", language);
                visitor.findsNothingWithAxe();
                visitor.needNotScrollSideways();
            }
            visitor.heardNoComplaint();
        }
    }

    @Test
    void computesTheVectorsInTheBrowserAndSendsNothing() {
        try (Visitor visitor = Visitor.with(Look.DESK).opens(SECTION + "/signature")) {
            Page page = visitor.page();
            List<String> sent = new CopyOnWriteArrayList<>();
            page.onRequest(request -> sent.add(request.url()));

            page.locator("[data-example]").click();
            assertThat(page.locator("[data-computed]"))
                    .hasText("v1=ae08a6f16ce88e1210a2fe04929403126cca35098c2254eaf59c6059655c781d");
            assertThat(page.locator("[data-verdict]")).hasText("Подпись верна.");
            assertThat(page.locator("[data-lines] li")).hasCount(7);

            page.locator("#method").selectOption("GET");
            page.locator("#target").fill("/v1/payments/orders?status=new&external_id=order%2D42");
            page.locator("#body").fill("");
            page.locator("#signature").fill("v1=bdc5d5462c32cc0c420139a4252b36c7302776ef7bfbb7f3d763e9b370f21a79");
            assertThat(page.locator("[data-verdict]")).hasText("Подпись верна.");

            // The browser fetches the page's icon when it likes.
            assertThat(sent).allMatch(url -> url.endsWith("/mark.svg"));
            assertThat(visitor.whatScriptsCanRead()).doesNotContain("00112233");
            visitor.findsNothingWithAxe();
            visitor.heardNoComplaint();
        }
    }

    /** Signatures over the example's facts, made by the mistake that each is named after. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "guess-feed | feed",
                "guess-lower | lower",
                "guess-line | line",
                "guess-text | text",
                "guess-body | body"
            })
    void saysWhichMistakeMadeASignature(String word, String mistake) {
        try (Visitor visitor = Visitor.with(Look.DESK).opens(SECTION + "/signature")) {
            Page page = visitor.page();
            page.locator("[data-example]").click();
            assertThat(page.locator("[data-verdict]")).hasText("Подпись верна.");

            page.locator("#signature").fill(wrong(page, mistake));

            assertThat(page.locator("[data-verdict]")).hasText("Подпись не сходится.");
            String explanation = page.locator("#docs-words").getAttribute("data-" + word);
            assertThat(page.locator("[data-differences] li")).hasText(explanation);
        }
    }

    @Test
    void showsEachLineThatDiffers() {
        try (Visitor visitor = Visitor.with(Look.DESK).opens(SECTION + "/signature")) {
            Page page = visitor.page();
            page.locator("[data-example]").click();
            String right = String.join("\n", page.locator("[data-lines] li").allTextContents());

            page.locator("#mine").fill(right.replace("\nPOST\n", "\npost\n").replace("1767225600", "1767225601"));

            Locator differing = page.locator("[data-lines] li[data-differs]");
            assertThat(differing).hasCount(2);
            assertThat(page.locator("[data-differences] li").first())
                    .containsText("Строка 2: у вас «post», нужно «POST»");
            page.locator("#mine").fill(right);
            assertThat(page.locator("[data-differences] li")).hasText("Все семь строк совпадают.");
        }
    }

    @Test
    void checksACallback() {
        try (Visitor visitor = Visitor.with(Look.DESK).opens(SECTION + "/webhooks")) {
            Page page = visitor.page();
            page.locator("[data-example]").click();
            assertThat(page.locator("[data-computed]")).hasText("v1,dnsT1yHPa2EY9GQ54C8pRL/MWZwic4B7mhnLR44hpwA=");
            assertThat(page.locator("[data-verdict]")).hasText("Подпись верна.");

            String signature = page.locator("#signature").inputValue();
            page.locator("#signature").fill("v1," + "A".repeat(43) + "= " + signature);
            assertThat(page.locator("[data-verdict]")).hasText("Подпись верна.");
            page.locator("#timestamp").fill("1767225601");
            assertThat(page.locator("[data-verdict]")).hasText("Подпись не сходится.");
            visitor.heardNoComplaint();
        }
    }

    private static String wrong(Page page, String mistake) {
        return (String) page.evaluate("""
            async mistake => {
              const lines = [...document.querySelectorAll("[data-lines] li")].map(line => line.textContent);
              const secret = document.getElementById("secret").value;
              const bytes = Uint8Array.from(secret.match(/../g), pair => parseInt(pair, 16));
              const utf8 = text => new TextEncoder().encode(text);
              const hex = buffer => [...new Uint8Array(buffer)].map(byte => byte.toString(16).padStart(2, "0")).join("");
              const body = document.getElementById("body").value + "\\n";
              const texts = {
                feed: lines.join("\\n") + "\\n",
                lower: lines.with(1, "post").join("\\n"),
                line: lines.toSpliced(3, 1).join("\\n"),
                text: lines.join("\\n"),
                body: lines.with(6, hex(await crypto.subtle.digest("SHA-256", utf8(body)))).join("\\n"),
              };
              const key = await crypto.subtle.importKey("raw", mistake === "text" ? utf8(secret) : bytes,
                {name: "HMAC", hash: "SHA-256"}, false, ["sign"]);
              return "v1=" + hex(await crypto.subtle.sign("HMAC", key, utf8(texts[mistake])));
            }\
            """, mistake);
    }
}

package io.darvoza.endtoend.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.darvoza.endtoend.RunningSuite;
import io.darvoza.local.client.SamplePdf;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsDeskIT {

    private static final int MOST_BYTES = 150_000;

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @Test
    void aDocumentAppearsWithoutReloadAndIsDecidedByKeyboardAlone() {
        String word = "queue" + UUID.randomUUID().toString().replace("-", "");
        try (Visitor visitor = Visitor.with(Look.DESK)
                .comesBack("abs_worker", "/documents/queue?q=" + word)
                .live()) {
            Page page = visitor.page();
            page.evaluate("window.sameDocument = true");

            String id = ClientDocument.upload("Договор " + word);

            Locator row = page.locator("#document-" + id);
            assertThat(row).containsText("на проверке");
            assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);

            page.keyboard().press("j");
            page.keyboard().press("Enter");
            page.waitForURL("**/documents/" + id);
            page.keyboard().press("r");
            assertThat(page.locator("#rejected-reason")).isFocused();
            page.keyboard().type("Не хватает страниц");
            page.keyboard().press("Enter");

            assertThat(page.locator(".fact-line")).containsText("отклонён");
            assertThat(page.locator(".timeline")).containsText("Не хватает страниц");
            page.keyboard().press("g");
            page.waitForURL(url -> url.contains("/documents/") && !url.contains("/documents/" + id));
            visitor.heardNoComplaint();
            readsWhyAndMends(id);
        }
    }

    private static void readsWhyAndMends(String id) {
        try (Visitor visitor = Visitor.with(Look.DESK)
                .comesBack("bank_client", "/documents/" + id)
                .live()) {
            Page page = visitor.page();
            assertThat(page.locator(".timeline")).containsText("Не хватает страниц");

            page.locator("#file")
                    .setInputFiles(new FilePayload("mended.pdf", "application/pdf", SamplePdf.of("mended " + id)));
            page.locator("form[enctype] [type=submit]").click();

            assertThat(page.locator(".fact-line")).containsText("на проверке");
            assertThat(page.getByText("Версия 2")).isVisible();
            Download saved = page.waitForDownload(
                    () -> page.locator("a[download][data-key]").click());
            assertThat(saved.suggestedFilename()).isEqualTo("mended.pdf");
            visitor.live();
            ClientDocument.decide(id, "approved");
            assertThat(page.locator(".fact-line")).containsText("принят");
            visitor.heardNoComplaint();
        }
    }

    @Test
    void whatAColleagueDoesShowsOnAnOpenDocumentAndLosesNoWord() {
        String id = ClientDocument.upload("Договор " + UUID.randomUUID());
        try (Visitor visitor = Visitor.with(Look.DESK)
                .comesBack("abs_worker", "/documents/" + id)
                .live()) {
            Page page = visitor.page();
            page.keyboard().press("r");
            page.locator("#rejected-reason").fill("слова сотрудника");

            ClientDocument.decide(id, "approved");

            assertThat(page.locator(".fact-line")).containsText("принят");
            assertThat(page.locator("#changed")).isVisible();
            assertThat(page.locator("#rejected-reason")).hasValue("слова сотрудника");
            page.locator("button[value=rejected]").click();
            assertThat(page.locator("#meanwhile")).containsText("слова сотрудника");
            visitor.heardNoComplaint();
        }
    }

    @Test
    void tenThousandDocumentsAreOnePageOfFifty() {
        try (ManyDocuments _ = ManyDocuments.written();
                Visitor client = Visitor.with(Look.DESK).comesBack("bank_client2", "/documents");
                Visitor worker = Visitor.with(Look.DESK).comesBack("abs_worker", "/documents/queue")) {
            looks(client, "/documents", "documents-10000");
            looks(worker, "/documents/queue", "queue-10000");
            Visitor phone = Visitor.with(Look.DESK.wide(360)).comesBack("abs_worker", "/documents/queue");
            looks(phone, "/documents/queue", "queue-10000-360");
            phone.needNotScrollSideways();
            phone.close();
        }
    }

    /** The whole way of a page through the gateway: small, and turned by keyset as fast as the first one. */
    private static void looks(Visitor visitor, String path, String picture) {
        Page page = visitor.page();
        Response first = page.navigate(RunningSuite.get().address() + path);
        assertThat(first.body().length).as("bytes of %s", path).isLessThan(MOST_BYTES);
        assertThat(page.locator("[data-row]")).hasCount(50);
        visitor.keepsPicture(picture);
        String top = page.locator("[data-row]").first().getAttribute("id");
        page.locator("[rel=next]").click();
        assertThat(page.locator("#" + top)).hasCount(0);
        assertThat(page.locator("[data-row]")).hasCount(50);
        System.out.printf(
                "%s: %,d bytes, answered in %.0f ms%n",
                picture,
                first.body().length,
                first.request().timing().responseEnd - first.request().timing().requestStart);
        visitor.heardNoComplaint();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, ru, 1440", "DARK, en, 360"})
    void everyPageIsAccessibleFitsItsWindowAndBreaksNoPolicy(ColorScheme theme, String language, int width) {
        String id = ClientDocument.upload("Документ " + UUID.randomUUID());
        Look look = new Look(width, theme, language, true);
        try (Visitor visitor = Visitor.with(look).comesBack("bank_admin", "/documents/queue")) {
            for (String path : List.of(
                    "/documents/queue?status=all",
                    "/documents/queue?user_id=nonsense",
                    "/documents/queue?q=nobody",
                    "/documents/" + id,
                    "/documents/contracts",
                    "/documents/contracts/101")) {
                visitor.opens(path);
                visitor.findsNothingWithAxe();
                visitor.needNotScrollSideways();
                visitor.keepsPicture(path.substring(11).replaceAll("[^a-z]+", "-") + "-" + language + "-" + width);
            }
            visitor.page().locator("details.menu summary").last().click();
            visitor.findsNothingWithAxe();
            visitor.heardNoComplaint();
        }
    }
}

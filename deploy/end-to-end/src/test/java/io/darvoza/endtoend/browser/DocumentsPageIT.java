package io.darvoza.endtoend.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.FilePayload;
import io.darvoza.endtoend.RunningSuite;
import io.darvoza.local.client.SamplePdf;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentsPageIT {

    private static final String PDF = "application/pdf";

    @BeforeAll
    static void bePatient() {
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    }

    @Test
    void signsInThroughTheGatewayAndShowsOwnDocuments() {
        try (Visitor visitor = Visitor.with(Look.DESK).signsIn("bank_client", "/documents")) {
            Page page = visitor.page();

            assertThat(page.locator("h1")).hasText("Документы");
            assertThat(page.locator("#document-789")).isVisible();
            assertThat(page.locator(".nav-area[aria-current]")).hasText("Документы");
            visitor.heardNoComplaint();
        }
    }

    @Test
    void uploadsADroppedFileWhoseRowAppearsWithoutReload() {
        String name = "dropped-" + UUID.randomUUID() + ".pdf";
        try (Visitor visitor =
                Visitor.with(Look.DESK).comesBack("bank_client", "/documents").live()) {
            Page page = visitor.page();
            page.evaluate("window.sameDocument = true");

            visitor.drops("[data-drop]", name, PDF, SamplePdf.of(name));
            page.locator("form[data-upload] [type=submit]").click();

            assertThat(page.locator(".file[data-state=done]")).containsText(name);
            assertThat(page.locator("[data-row]").first()).containsText(name);
            assertThat(page.locator("[data-row]").first()).containsText("на проверке");
            assertThat(page.evaluate("window.sameDocument")).isEqualTo(true);
            visitor.heardNoComplaint();
        }
    }

    @Test
    void tellsOfADocumentThatCameAnotherWayAndShowsItWhenAsked() {
        String name = "elsewhere " + UUID.randomUUID();
        try (Visitor visitor =
                Visitor.with(Look.DESK).comesBack("bank_client", "/documents").live()) {
            Page page = visitor.page();
            int shown = page.locator("[data-row]").count();

            ClientDocument.upload(name);

            Locator more = page.locator("[data-live-new]");
            assertThat(more).hasText("1 новый");
            assertThat(page.locator("[data-row]")).hasCount(shown);
            more.click();
            assertThat(page.locator("[data-row]").first()).containsText(name);
            assertThat(more).isHidden();
            visitor.heardNoComplaint();
        }
    }

    @Test
    void changesTheStatusOfARowWhenItsEventArrives() {
        String name = "judged " + UUID.randomUUID();
        String id = ClientDocument.upload(name);
        try (Visitor visitor =
                Visitor.with(Look.DESK).comesBack("bank_client", "/documents").live()) {
            Page page = visitor.page();
            Locator status = page.locator("#document-" + id + " .status");
            assertThat(status).hasText("на проверке");

            ClientDocument.decide(id, "approved");

            assertThat(status).hasText("принят");
            assertThat(page.locator("#kit-announce")).containsText("принят");
            visitor.heardNoComplaint();
        }
    }

    @Test
    void saysWhyAFileWasRefusedAndTakesTheMendedOne() {
        try (Visitor visitor = Visitor.with(Look.DESK).comesBack("bank_client", "/documents")) {
            Page page = visitor.page();
            byte[] whole = SamplePdf.of("refused " + UUID.randomUUID());

            page.locator("#file")
                    .setInputFiles(new FilePayload("half.pdf", PDF, Arrays.copyOf(whole, whole.length / 2)));
            page.locator("form[data-upload] [type=submit]").click();

            Locator summary = page.locator("#upload-problems");
            assertThat(summary).isFocused();
            assertThat(summary).containsText("half.pdf");
            summary.locator("a").click();
            assertThat(page.locator(".file[data-state=failed]")).isFocused();

            page.locator(".file button", new Page.LocatorOptions().setHasText("Убрать"))
                    .first()
                    .click();
            page.locator("#file").setInputFiles(new FilePayload("whole.pdf", PDF, whole));
            page.locator("form[data-upload] [type=submit]").click();
            assertThat(page.locator(".file[data-state=done]")).containsText("whole.pdf");
            assertThat(summary).isHidden();
            visitor.heardNoComplaint();
        }
    }

    @Test
    void worksByKeyboardAlone() {
        String name = "typed-" + UUID.randomUUID() + ".pdf";
        try (Visitor visitor = Visitor.with(Look.DESK).comesBack("bank_client", "/documents")) {
            Page page = visitor.page();
            page.onFileChooser(chooser -> chooser.setFiles(new FilePayload(name, PDF, SamplePdf.of(name))));

            page.keyboard().press("Tab");
            assertThat(page.locator(".skip")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#main")).isFocused();

            page.keyboard().press("j");
            assertThat(page.locator("[data-row] .row-title").first()).isFocused();
            page.keyboard().press("/");
            assertThat(page.locator("[data-search]")).isFocused();
            page.keyboard().press("?");
            assertThat(page.locator("#kit-keys")).isVisible();
            page.keyboard().press("Escape");
            assertThat(page.locator("#kit-keys")).isHidden();
            assertThat(page.locator("[data-search]")).isFocused();

            page.locator("#description").focus();
            page.keyboard().type(name);
            page.keyboard().press("Tab");
            assertThat(page.locator("[data-pick]")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator(".file[data-state=waiting]")).containsText(name);
            page.locator("form[data-upload] [type=submit]").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".file[data-state=done]")).containsText(name);
            visitor.heardNoComplaint();
        }
    }

    @Test
    void keepsTheFilterInTheAddressAndOffersToDropIt() {
        try (Visitor visitor = Visitor.with(Look.DESK).comesBack("bank_client", "/documents")) {
            Page page = visitor.page();

            page.locator(".chip", new Page.LocatorOptions().setHasText("в архиве"))
                    .click();

            assertThat(page).hasURL(RunningSuite.get().address() + "/documents?status=archived");
            assertThat(page.locator(".empty")).containsText("Ничего не подходит");
            page.locator(".empty a").click();
            assertThat(page.locator("#document-789")).isVisible();
        }
    }

    @Test
    void listsAndUploadsWithoutScripts() {
        String name = "plain-" + UUID.randomUUID();
        try (Visitor visitor = Visitor.with(Look.DESK.withoutScripts()).comesBack("bank_client", "/documents")) {
            Page page = visitor.page();

            page.locator("#description").fill(name);
            page.locator("#file").setInputFiles(new FilePayload("plain.pdf", PDF, SamplePdf.of(name)));
            page.locator("form[data-upload] [type=submit]").click();

            assertThat(page.locator("[data-row]").first()).containsText(name);
            assertThat(page).hasURL(RunningSuite.get().address() + "/documents");
        }
    }
}

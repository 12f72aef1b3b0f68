package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.test.security.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;

@RealService
class DocumentPageIT {

    @LocalServerPort
    int port;

    private Api api;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    @Test
    void showsOnesOwnDocumentsAndNobodyElses() {
        assertThat(html(page(Api.CLIENT, "/documents"))).contains("Договор аренды", "id=\"document-789\"");
        assertThat(html(page(Api.CLIENT2, "/documents"))).doesNotContain("Договор аренды");
        page(Api.WORKER, "/documents")
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location("/documents/queue");
        page(Api.MANAGER, "/documents")
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location("/documents/contracts");
        page(Api.OPERATOR, "/documents").expectStatus().isForbidden();
    }

    @Test
    void filtersByStatus() {
        assertThat(html(page(Api.CLIENT, "/documents?status=processed")))
                .contains("document-789")
                .doesNotContain("document-790");
        page(Api.CLIENT, "/documents?status=nonsense").expectStatus().isBadRequest();
    }

    @Test
    void givesOneRowToTheLiveRegion() {
        assertThat(html(page(Api.CLIENT, "/documents/rows/789")))
                .contains("<tr", "id=\"document-789\"")
                .doesNotContain("<html");
        page(Api.CLIENT2, "/documents/rows/789").expectStatus().isNotFound();
    }

    @Test
    void takesAPlainFormAndLeadsBackToTheList() {
        String description = "Без скрипта " + UUID.randomUUID();
        String key = UUID.randomUUID().toString();
        byte[] pdf = FileFixtures.pdfOfSize(500, 7);

        for (int i = 0; i < 2; i++) {
            send(Api.CLIENT, description, "Справки", key, "scan.pdf", pdf)
                    .expectStatus()
                    .isSeeOther()
                    .expectHeader()
                    .valueEquals(HttpHeaders.LOCATION, "/documents");
        }

        assertThat(html(page(Api.CLIENT, "/documents"))).containsOnlyOnce(description + "</a>");
    }

    @Test
    void keepsWhatWasTypedWhenItRefuses() {
        String page = new String(
                send(Api.CLIENT, "Мой договор", "Договоры", UUID.randomUUID().toString(), "a.pdf", new byte[0])
                        .expectStatus()
                        .isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT)
                        .expectBody()
                        .returnResult()
                        .getResponseBody(),
                StandardCharsets.UTF_8);

        assertThat(page).contains("Файл пуст", "value=\"Мой договор\"");
    }

    @Test
    void takesTheFilesNameWhereNoDescriptionIs() {
        String name = "Выписка " + UUID.randomUUID() + ".pdf";
        send(Api.CLIENT2, "", "Финансы", UUID.randomUUID().toString(), name, FileFixtures.pdfOfSize(500, 8))
                .expectStatus()
                .isSeeOther();

        assertThat(html(page(Api.CLIENT2, "/documents"))).contains(name);
    }

    @Test
    void turnsPagesBothWays() {
        for (int i = 0; i < 52; i++) {
            api.added(
                    TestTokens.shared().user("page_turner", "bank_client"),
                    "{\"description\": \"Лист %02d.\", \"callcopy_id\": 5}".formatted(i),
                    FileFixtures.pdfOfSize(10, 1000 + i));
        }
        String token = TestTokens.shared().user("page_turner", "bank_client");

        String first = html(page(token, "/documents"));
        assertThat(first).contains("Лист 51.", "Лист 02.").doesNotContain("Лист 01.", "newer=");
        String second = html(page(token, link(first, "older")));
        assertThat(second).contains("Лист 01.", "Лист 00.").doesNotContain("Лист 02.", "older=");
        String again = html(page(token, link(second, "newer")));
        assertThat(again).contains("Лист 51.", "Лист 02.").doesNotContain("Лист 01.", "newer=");
    }

    private static String link(String page, String direction) {
        Matcher link = Pattern.compile("href=\"(/documents\\?%s=[^\"]+)\"".formatted(direction))
                .matcher(page);
        assertThat(link.find()).as("a link to " + direction).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    private WebTestClient.ResponseSpec page(String token, String uri) {
        return api.getting(token, uri)
                .accept(MediaType.TEXT_HTML)
                .header(HttpHeaders.ACCEPT_LANGUAGE, "ru")
                .exchange();
    }

    private static String html(WebTestClient.ResponseSpec answer) {
        return new String(
                answer.expectStatus().isOk().expectBody().returnResult().getResponseBody(), StandardCharsets.UTF_8);
    }

    private WebTestClient.ResponseSpec send(
            String token, String description, String category, String key, String name, byte[] content) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("category", category);
        form.part("description", description);
        form.part("key", key);
        form.part("file", Api.file(name, content));
        return api.postForm(token, form.build());
    }
}

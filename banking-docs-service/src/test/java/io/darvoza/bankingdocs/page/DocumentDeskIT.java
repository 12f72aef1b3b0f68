package io.darvoza.bankingdocs.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.document.Api;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.test.ui.PlainBrowser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The pages of employees and of one document, as a browser without scripts sees them. */
@RealService
class DocumentDeskIT {

    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final String QUEUE = "/documents/queue";

    @LocalServerPort
    int port;

    private Api api;

    @BeforeEach
    void open() {
        api = new Api(port);
    }

    @Test
    void theQueueHasWhatWaitsOldestFirstAndIsForEmployeesOnly() {
        String older = document("Старше");
        String newer = document("Новее");
        String decided = document("Решён");
        api.decide(Api.WORKER, decided, "approved").expectStatus().isOk();

        for (String token : List.of(Api.WORKER, Api.ADMIN, Api.AUDITOR)) {
            PlainBrowser.Page queue = as(token).opens(QUEUE + "?limit=200&user_id=123&status=pending&order=oldest");
            assertThat(queue.html()).contains(row(older), row(newer)).doesNotContain(row(decided));
            assertThat(queue.html().indexOf(row(older))).isLessThan(queue.html().indexOf(row(newer)));
        }
        assertThat(as(Api.WORKER).opens(QUEUE).html()).contains("data-live-at-once=\"true\"");
        assertThat(as(Api.WORKER).opens(QUEUE + "?status=all").html())
                .contains(row(decided))
                .doesNotContain("data-live-at-once");
        assertThat(as(Api.CLIENT).opens(QUEUE).status()).isEqualTo(403);
        assertThat(as(Api.MANAGER).opens(QUEUE).status()).isEqualTo(403);
    }

    @Test
    void filtersByEveryCriterionAndKeepsOneThatIsNonsense() {
        String word = "mark" + UUID.randomUUID().toString().replace("-", "");
        String id = document("Проверка " + word);
        PlainBrowser worker = as(Api.WORKER);

        assertThat(worker.opens(QUEUE + "?q=" + word + "&category=3&user_id=123&date_from=2020-01-01")
                        .html())
                .contains(row(id), "Words of the description: " + word, "Category: Certificates");
        assertThat(worker.opens(QUEUE + "?q=" + word + "&date_to=2019-12-31").html())
                .contains("Nothing matches")
                .doesNotContain(row(id));
        PlainBrowser.Page nonsense = worker.opens(QUEUE + "?user_id=" + word);
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.html()).contains("value=\"" + word + "\"", "data-error-summary");
        assertThat(worker.opens(QUEUE + "?statsu=all").status()).isEqualTo(400);
    }

    @Test
    void aDecisionIsOneFormAndOffersTheNextDocument() {
        String id = document("<b>Решение</b>");
        String other = document("Следующий");
        PlainBrowser worker = as(Api.WORKER);
        PlainBrowser.Page page = worker.opens("/documents/" + id);
        assertThat(page.html())
                .contains("&lt;b&gt;Решение", "value=\"approved\"", "value=\"rejected\"")
                .doesNotContain("<b>Решение", "value=\"processed\"", "value=\"hold\"", "??");
        assertThat(page.headers().getFirst(HttpHeaders.CACHE_CONTROL)).isEqualTo("no-store");

        PlainBrowser.Page done = worker.sends("/documents/" + id, "command", "approved", "version", page.version());

        assertThat(done.status()).isEqualTo(303);
        assertThat(done.location()).isEqualTo("/documents/" + id + "?done=approved");
        PlainBrowser.Page after = worker.opens(done.location());
        assertThat(after.html()).contains("The document is accepted.", "value=\"processed\"");
        PlainBrowser.Page next = worker.opens(after.link(QUEUE + "/next"));
        assertThat(next.status()).isEqualTo(303);
        assertThat(next.location()).startsWith("/documents/").doesNotEndWith("/" + id);
        assertThat(worker.opens(QUEUE + "/next?after=" + other).location()).doesNotEndWith("/" + other);
    }

    @Test
    void aRejectionSaysWhyAndItsOwnerReadsIt() {
        String id = document("Негодный");
        PlainBrowser worker = as(Api.WORKER);
        String stale = worker.opens("/documents/" + id).version();

        assertThat(worker.sends(
                                "/documents/" + id,
                                "command",
                                "rejected",
                                "version",
                                stale,
                                "reason",
                                "Не хватает <страниц>")
                        .status())
                .isEqualTo(303);

        PlainBrowser.Page mine = as(Api.CLIENT).opens("/documents/" + id);
        assertThat(mine.html())
                .contains("Не хватает &lt;страниц&gt;", "rejected", "/versions\"")
                .doesNotContain("value=\"approved\"", "№ 456");
        PlainBrowser.Page late =
                worker.sends("/documents/" + id, "command", "approved", "version", stale, "reason", "слова");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.html()).contains("id=\"meanwhile\"", "слова");
    }

    @Test
    void theOwnerSendsAMendedFileByAPlainForm() {
        String id = document("Исправленный");
        api.decide(Api.WORKER, id, "rejected").expectStatus().isOk();

        assertThat(replace(id, new byte[0])
                        .expectStatus()
                        .isEqualTo(422)
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody())
                .contains("data-error-summary");
        replace(id, FileFixtures.pdfOfSize(700, 4711))
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location("/documents/" + id + "?done=replaced");

        assertThat(as(Api.CLIENT).opens("/documents/" + id).html()).contains("Version 2", "Version 1", "being checked");
    }

    @Test
    void aHoldAndALinkAreForThoseWhoMay() {
        String id = document("Под запретом");
        PlainBrowser admin = as(Api.ADMIN);
        PlainBrowser.Page page = admin.opens("/documents/" + id);

        assertThat(admin.sends("/documents/" + id, "command", "hold", "version", page.version(), "reason", "суд")
                        .location())
                .endsWith("done=hold");
        assertThat(as(Api.WORKER).opens("/documents/" + id).html()).contains("not to be deleted");
        assertThat(as(Api.CLIENT).opens("/documents/" + id).html()).doesNotContain("not to be deleted");
        assertThat(admin.sends("/documents/" + id, "command", "release").location())
                .endsWith("done=release");
        assertThat(as(Api.WORKER)
                        .sends("/documents/" + id, "command", "hold", "reason", "x")
                        .status())
                .isEqualTo(403);
        assertThat(as(Api.CLIENT).sends("/documents/" + id, "command", "link").html())
                .contains("/v1/abs/content/");
        assertThat(as(Api.CLIENT2).opens("/documents/" + id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "worker", "admin", "auditor", "manager"})
    void noLinkLeadsToARefusal(String role) {
        String token = switch (role) {
            case "client" -> Api.CLIENT;
            case "worker" -> Api.WORKER;
            case "admin" -> Api.ADMIN;
            case "auditor" -> Api.AUDITOR;
            default -> Api.MANAGER;
        };
        PlainBrowser person = as(token);
        String home = role.equals("client")
                ? "/documents"
                : person.opens("/documents").location();

        for (String start : List.of(home, "/documents/" + document("Ссылки"))) {
            PlainBrowser.Page page = person.opens(start);
            assertThat(page.html()).as(start).doesNotContain("??");
            for (String link : page.links().stream().distinct().toList()) {
                assertThat(person.opens(link).status()).as(link).isIn(200, 303);
            }
        }
    }

    @Test
    void employeesHearWhatHappensAndMissNothingWhenTheyComeBack() {
        String id = document("Живой");
        String html = as(Api.WORKER).opens(QUEUE).html();
        String place = html.replaceAll("(?s).*data-live-place=\"([0-9]+)\".*", "$1");
        api.decide(Api.WORKER, id, "approved").expectStatus().isOk();
        List<String> seen = new ArrayList<>();
        StepVerifier.create(stream(place).filter(event -> about(event, id)))
                .assertNext(event -> {
                    assertThat(event.data()).contains("\"status\":\"approved\"").doesNotContain("Живой", "user");
                    seen.add(event.id());
                })
                .thenCancel()
                .verify(BOUND);

        api.decide(Api.WORKER, id, "processed").expectStatus().isOk();
        StepVerifier.create(stream(seen.getFirst()).filter(event -> about(event, id)))
                .assertNext(event -> assertThat(event.data()).contains("\"processed\""))
                .thenCancel()
                .verify(BOUND);
        StepVerifier.create(stream("999999999").filter(event -> event.event() != null))
                .assertNext(event -> assertThat(event.event()).isEqualTo("resync"))
                .thenCancel()
                .verify(BOUND);
        api.get(Api.CLIENT, "/v1/abs/documents/stream").expectStatus().isForbidden();
    }

    @Test
    void aContractLivesByItsPages() {
        PlainBrowser manager = as(Api.MANAGER);
        PlainBrowser.Page refused = manager.sends(
                "/documents/contracts", "command", "create", "user_id:number", "999999", "description", "Д");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html()).contains("value=\"999999\"", "value=\"Д\"");
        String contract = manager.sends(
                        "/documents/contracts",
                        "command",
                        "create",
                        "user_id:number",
                        "123",
                        "description",
                        "Договор <вклада>")
                .location()
                .replace("?done=created", "");
        String document = document("К договору");

        assertThat(manager.opens("/documents/contracts?user_id=123").html()).contains("Договор &lt;вклада&gt;");
        PlainBrowser.Page page = manager.opens(contract);
        assertThat(page.html())
                .contains("draft", "Put in force", "The contract has no documents")
                .doesNotContain("??");
        does(manager, contract, "status", "version", page.version(), "status", "active");
        does(manager, contract, "grant", "partner", "partner");
        does(manager, contract, "link", "document_id:number", document);
        assertThat(manager.opens(contract).html())
                .contains("/documents/" + document, "in force", "<strong>partner</strong>", "Suspend");
        does(manager, contract, "link-status", "document_id:number", document, "status", "suspended");
        assertThat(as(Api.AUDITOR).opens(contract).html())
                .contains("suspended", "partner")
                .doesNotContain("<form method=\"post\" action=\"" + contract);
        assertThat(as(Api.CLIENT).opens(contract).html())
                .contains("К договору")
                .doesNotContain("<strong>partner</strong>", "Suspend", "Put in force");
        does(manager, contract, "link-status", "document_id:number", document, "status", "revoked");
        does(manager, contract, "withdraw", "partner", "partner");
        assertThat(manager.opens(contract).html()).doesNotContain("/documents/" + document, "<strong>partner</strong>");
        assertThat(as(Api.CLIENT2).opens(contract).status()).isEqualTo(404);
        assertThat(manager.sends(contract, "command", "grant", "partner", "../x")
                        .status())
                .isEqualTo(400);
        does(as(Api.CLIENT), contract, "link", "document_id:number", document);
    }

    private static void does(PlainBrowser person, String contract, String command, String... fields) {
        String[] form = new String[fields.length + 2];
        form[0] = "command";
        form[1] = command;
        System.arraycopy(fields, 0, form, 2, fields.length);
        PlainBrowser.Page done = person.sends(contract, form);
        assertThat(done.status()).as(command + "\n" + done.html()).isEqualTo(303);
    }

    private WebTestClient.ResponseSpec replace(String id, byte[] content) {
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("file", Api.file("mended.pdf", content));
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .build()
                .post()
                .uri("/documents/" + id + "/versions")
                .headers(Api.bearer(Api.CLIENT))
                .accept(MediaType.TEXT_HTML)
                .bodyValue(form.build())
                .exchange();
    }

    private Flux<ServerSentEvent<String>> stream(String last) {
        var request = api.getting(Api.AUDITOR, "/v1/abs/documents/stream").accept(MediaType.TEXT_EVENT_STREAM);
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        return request.exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody();
    }

    /** Its upload may be told late, behind the place at which the page was made. */
    private static boolean about(ServerSentEvent<String> event, String id) {
        return "status-changed".equals(event.event()) && event.data().contains("\"document_id\":" + id + ",");
    }

    private String document(String description) {
        return api.added(
                        Api.CLIENT,
                        "{\"description\": \"%s\", \"callcopy_id\": 3, \"allow_duplicate\": true}"
                                .formatted(description),
                        FileFixtures.pdf())
                .get("document_id")
                .toString();
    }

    private PlainBrowser as(String token) {
        return new PlainBrowser(port, token, "/documents");
    }

    private static String row(String id) {
        return "id=\"document-" + id + "\"";
    }
}

package io.darvoza.common.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(
        classes = SamplePages.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "darvoza.ui.areas[0].path=/sample",
            "darvoza.ui.areas[0].title=area.documents",
            "darvoza.ui.areas[0].roles=bank_client",
            "darvoza.ui.areas[1].path=/secret",
            "darvoza.ui.areas[1].title=secret area",
            "darvoza.ui.areas[1].roles=ops,auditor",
            "darvoza.ui.version=1.2.3"
        })
class KitPageTests {

    private static final Pattern SCRIPT = Pattern.compile("<script\\b[^>]*>");
    private static final Pattern ASSET = Pattern.compile("\"(/assets/[^\"#]+)");

    @LocalServerPort
    private int port;

    private WebTestClient client;

    @BeforeEach
    void bind() {
        client = WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.TEXT_HTML_VALUE)
                .build();
    }

    @Test
    void navigationShowsOnlyTheAreasOfTheRoles() {
        String page = page("/sample", "Anna:bank_client");

        assertThat(page).contains("href=\"/sample\" aria-current=\"page\"").doesNotContain("/secret");
        assertThat(page("/sample", "Oleg:ops,offline_access"))
                .contains("/secret")
                .doesNotContain("nav-area\" href=\"/sample\"");
    }

    @Test
    void accountMenuNamesThePersonAndTheRolesThatHaveWords() {
        String page = page("/sample", "Anna_<b>Petrova</b>:bank_client,offline_access");

        assertThat(page)
                .contains("Anna &lt;b&gt;Petrova&lt;/b&gt;", "клиент банка", "action=\"/logout\"", "/account/password")
                .doesNotContain("offline_access", "href=\"/login\"");
    }

    @Test
    void whoIsNotSignedInIsOfferedToSignInAndNoArea() {
        assertThat(page("/sample", null)).contains("href=\"/login\"").doesNotContain("nav-area", "/logout");
    }

    @Test
    void everyScriptCarriesTheNonceOfThePolicyWhichIsNewEachTime() {
        EntityExchangeResult<String> first = get("/sample");
        String nonce = nonce(first);

        List<String> scripts = SCRIPT.matcher(body(first))
                .results()
                .map(found -> found.group())
                .toList();
        assertThat(scripts).hasSize(3).allMatch(script -> script.contains("nonce=\"" + nonce + "\""));
        assertThat(nonce(get("/sample"))).isNotEqualTo(nonce).hasSizeGreaterThanOrEqualTo(22);
    }

    @Test
    void pageHoldsNothingInlineThatThePolicyWouldRefuse() {
        assertThat(body(get("/sample")))
                .doesNotContainPattern("\\s(style|on[a-z]+|hx-on[:-][^=]*)=")
                .doesNotContain("<style");
    }

    @Test
    void policyForbidsEverythingElse() {
        String policy = header(get("/sample"), "Content-Security-Policy");

        assertThat(policy)
                .startsWith("default-src 'none'; ")
                .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "style-src 'self';")
                .doesNotContain("unsafe", "*", "http");
    }

    @Test
    void headersThatAreThereAlreadyStay() {
        EntityExchangeResult<String> answer = get("/sample/own-policy");

        assertThat(answer.getResponseHeaders().get("Content-Security-Policy")).containsExactly("default-src 'self'");
        assertThat(answer.getResponseHeaders().get("X-Content-Type-Options")).containsExactly("nosniff");
    }

    @Test
    void everyAssetOfThePageIsServedToBeKeptForAYear() {
        Matcher asset = ASSET.matcher(body(get("/sample")));
        while (asset.find()) {
            String path = asset.group(1);
            client.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueMatches(HttpHeaders.CACHE_CONTROL, "max-age=31536000, public, immutable");
        }
        assertThat(asset.reset().results().count()).isGreaterThan(6);
    }

    @Test
    void assetOfAnotherVersionIsSentAsItIsHereButNotKept() {
        client.get()
                .uri("/assets/000000000000/kit.css")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(HttpHeaders.CACHE_CONTROL, "no-cache");
        client.get().uri("/assets/0/nothing.js").exchange().expectStatus().isNotFound();
    }

    @Test
    void assetIsSentCompressedToWhoTakesIt() throws Exception {
        HttpRequest compressed = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/assets/0/kit.css"))
                .header(HttpHeaders.ACCEPT_ENCODING, "gzip, br")
                .build();
        try (HttpClient plain = HttpClient.newHttpClient()) {
            var answer = plain.send(compressed, HttpResponse.BodyHandlers.ofByteArray());

            assertThat(answer.headers().firstValue(HttpHeaders.CONTENT_ENCODING))
                    .contains("gzip");
            byte[] css = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
            assertThat(new String(css, StandardCharsets.UTF_8)).contains(":focus-visible");
        }
    }

    @Test
    void languageIsTheCookiesElseTheBrowsersElseRussian() {
        assertThat(body(get("/sample"))).contains("<html lang=\"ru\"", "Войти");
        assertThat(inLanguage("kk, en;q=0.5", null)).contains("<html lang=\"en\"", "Sign in");
        assertThat(inLanguage("en", "ru")).contains("<html lang=\"ru\"");
        assertThat(inLanguage("en", "xx")).contains("<html lang=\"en\"");
        assertThat(inLanguage("not a ;; header", null)).contains("<html lang=\"ru\"");
    }

    @Test
    void timesAreInTheZoneOfTheCookieWhichTheFooterNames() {
        String page = body(client.get()
                .uri("/sample")
                .cookie("darvoza_zone", "Asia%2FDushanbe")
                .exchange()
                .returnResult(String.class));
        assertThat(page).contains("UTC+05:00");
        assertThat(body(get("/sample"))).contains("Москва", "UTC+03:00", "Версия 1.2.3");
    }

    @Test
    void preferenceLinkSetsTheCookieAndLeadsBackToTheSameAddress() {
        client.get()
                .uri(URI.create("http://127.0.0.1:" + port + "/sample?a=1&ui_lang=en&b=%D1%8F"))
                .exchange()
                .expectStatus()
                .isEqualTo(HttpStatus.SEE_OTHER)
                .expectHeader()
                .location("/sample?a=1&b=%D1%8F")
                .expectCookie()
                .valueEquals("darvoza_lang", "en");
        client.get()
                .uri(URI.create("http://127.0.0.1:" + port + "//evil.example/?ui_theme=dark"))
                .exchange()
                .expectHeader()
                .location("/evil.example/")
                .expectCookie()
                .valueEquals("darvoza_theme", "dark");
        client.get()
                .uri(URI.create("http://127.0.0.1:" + port + "/sample?ui_lang=%0D%0Aevil"))
                .exchange()
                .expectHeader()
                .location("/sample")
                .expectCookie()
                .doesNotExist("darvoza_lang");
    }

    @Test
    void preferenceParametersOfAProgramAreLeftAlone() {
        client.get()
                .uri("/sample/own-policy?ui_lang=en")
                .header(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .exchange()
                .expectCookie()
                .doesNotExist("darvoza_lang");
    }

    @Test
    void themeOfTheCookieIsOnThePage() {
        assertThat(body(client.get()
                        .uri("/sample")
                        .cookie("darvoza_theme", "dark")
                        .exchange()
                        .returnResult(String.class)))
                .contains("data-theme=\"dark\"");
        assertThat(body(get("/sample"))).contains("data-theme=\"system\"");
    }

    @Test
    void faultIsAPageWithTraceAndAWayOnButNothingOfTheCause() {
        String page = body(client.get()
                .uri("/sample/fault")
                .header("as", "Anna:bank_client")
                .exchange()
                .expectStatus()
                .is5xxServerError()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .returnResult(String.class));

        assertThat(page)
                .contains("data-copy=\"", "href=\"/\"", "href=\"/sample\"", "Anna")
                .doesNotContain("planted", "IllegalState");
    }

    @Test
    void programGetsTheFaultAsAProblem() {
        client.get()
                .uri("/sample/fault")
                .header(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .exchange()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    private String page(String path, String as) {
        return body(client.get()
                .uri(path)
                .headers(headers -> {
                    if (as != null) {
                        headers.set("as", as);
                    }
                })
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(String.class));
    }

    private String inLanguage(String accepted, String cookie) {
        var request = client.get().uri("/sample").header(HttpHeaders.ACCEPT_LANGUAGE, accepted);
        return body((cookie == null ? request : request.cookie("darvoza_lang", cookie))
                .exchange()
                .returnResult(String.class));
    }

    private EntityExchangeResult<String> get(String path) {
        return client.get().uri(path).exchange().expectBody(String.class).returnResult();
    }

    private static String body(FluxExchangeResult<String> result) {
        return String.join(
                "",
                Objects.requireNonNull(result.getResponseBody().collectList().block()));
    }

    private static String body(EntityExchangeResult<String> result) {
        return Objects.requireNonNull(result.getResponseBody());
    }

    private static String header(EntityExchangeResult<String> result, String name) {
        return Objects.requireNonNull(result.getResponseHeaders().getFirst(name));
    }

    private static String nonce(EntityExchangeResult<String> result) {
        Matcher nonce = Pattern.compile("'nonce-([A-Za-z0-9_-]+)'").matcher(header(result, "Content-Security-Policy"));
        assertThat(nonce.find()).isTrue();
        return nonce.group(1);
    }
}

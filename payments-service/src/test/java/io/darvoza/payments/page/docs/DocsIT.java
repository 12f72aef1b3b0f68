package io.darvoza.payments.page.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.RealService;
import io.darvoza.payments.page.PageWorld;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;

@RealService
class DocsIT {

    @Autowired
    ApplicationContext service;

    @LocalServerPort
    int port;

    private PageWorld world;

    @BeforeEach
    void open() {
        world = new PageWorld(service, port);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(Chapter.class)
    void everybodyReadsEveryChapterInBothLanguages(Chapter chapter) {
        HttpResponse<String> russian = world.opens(null, "ru", chapter.path());
        HttpResponse<String> english = world.opens(null, "en", chapter.path());

        assertThat(russian.statusCode()).as(russian.body()).isEqualTo(200);
        assertThat(russian.body()).contains("lang=\"ru\"", "<a href=\"" + chapter.path() + "\" aria-current=\"page\"");
        assertThat(article(russian)).containsPattern("[а-я]{4}");
        assertThat(english.body()).contains("lang=\"en\"");
        assertThat(article(english).replace("176-ФЗ", "").replace("16-МР", "")).doesNotContainPattern("[а-яА-Я]");
        assertThat(russian.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(russian.body()).doesNotContain("style=\"", "onclick");
    }

    @Test
    void namesTheLawsThatTheServiceKeeps() {
        assertThat(article(world.opens(null, "ru", "/payments/docs/lawful")))
                .contains("16-МР от 06.09.2021", "176-ФЗ от 24.06.2025", "вымышленные номера карт");
    }

    @Test
    void listsEveryProblemOfTheService() {
        String page = world.opens(null, "en", "/payments/docs/errors").body();

        assertThat(Arrays.stream(PaymentsProblem.values())
                        .map(problem -> "<a class=\"mono\" href=\"/docs/problems/%s\">".formatted(problem.code())))
                .allMatch(page::contains);
        assertThat(page).contains("idempotency_key_reused", "too_many_requests");
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void givesEverySampleAsItRunsInTheTests(Sample sample) throws Exception {
        HttpResponse<String> file = world.opens(null, "ru", "/payments/docs/samples/" + sample.file());

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body())
                .isEqualTo(
                        new ClassPathResource("samples/" + sample.file()).getContentAsString(StandardCharsets.UTF_8));
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment")
                .contains(sample.file());
        assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(world.opens(null, "ru", "/payments/docs/samples").body()).contains(sample.file());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/payments/docs/nothing",
                "/payments/docs/start",
                "/payments/docs/SIGNATURE",
                "/payments/docs/samples/README.md",
                "/payments/docs/samples/..%2F..%2Fapplication.yaml",
                "/payments/docs/files/docs.txt"
            })
    void knowsNoOtherPlaces(String path) {
        assertThat(world.opens(null, "ru", path).statusCode()).isIn(404, 400);
    }

    @ParameterizedTest
    @CsvSource({"docs.css, text/css", "docs.js, text/javascript"})
    void sendsItsOwnFilesOnlyWhenTheyHaveChanged(String name, String type) {
        var first = world.programs().anonymous("GET", "/payments/docs/files/" + name, null);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        String tag = first.headers().firstValue("ETag").orElseThrow();

        var again =
                world.programs().send("GET", "/payments/docs/files/" + name, null, null, Map.of("If-None-Match", tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    /** The testers know every word that they may say. */
    @Test
    void theScriptFindsAllItsWordsOnThePage() throws Exception {
        String script = new ClassPathResource("payments-docs/files/docs.js").getContentAsString(StandardCharsets.UTF_8);
        String page = world.opens(null, "ru", "/payments/docs/signature").body();

        var asked = Pattern.compile("words\\.(\\w+)|\\b(guess[A-Z]\\w*)")
                .matcher(script)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .distinct()
                .map(word -> "data-" + word.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + "=\"")
                .toList();
        assertThat(asked).hasSizeGreaterThan(25).allMatch(page::contains);
    }

    private static String article(HttpResponse<String> page) {
        String body = page.body();
        return body.substring(body.indexOf("<article"), body.indexOf("</article>"));
    }
}

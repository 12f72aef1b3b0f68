package io.darvoza.payments.page.docs;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemTexts;
import io.darvoza.common.problem.ProblemType;
import io.darvoza.common.security.AllowedToAnyone;
import io.darvoza.payments.PaymentsProblem;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;

/** Documents for partners' programmers, open to everybody. What somebody types into a tester stays in their browser. */
@Controller
@Hidden
@AllowedToAnyone
class DocsController {

    static final String PATH = "/payments/docs";

    private static final String VIEW = "payments/docs";
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final DocsTexts texts;
    private final ProblemTexts problems;

    DocsController(DocsTexts texts, ProblemTexts problems) {
        this.texts = texts;
        this.problems = problems;
    }

    /** One problem as a reader sees it; a template reads it. */
    public record Fault(int status, String code, String title) {}

    /** One sample with its source; a template reads it. */
    public record Source(Sample sample, String text) {}

    @GetMapping(path = PATH, produces = MediaType.TEXT_HTML_VALUE)
    Rendering start(ServerWebExchange exchange) {
        return page(Chapter.START, exchange);
    }

    @GetMapping(path = PATH + "/{word}", produces = MediaType.TEXT_HTML_VALUE)
    Rendering chapter(@PathVariable String word, ServerWebExchange exchange) {
        return page(known(Chapter.of(word)), exchange);
    }

    @GetMapping(PATH + "/samples/{file}")
    ResponseEntity<String> sample(@PathVariable String file) {
        Sample sample = known(Sample.of(file));
        return ResponseEntity.ok()
                .contentType(TEXT)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(sample.file())
                                .build()
                                .toString())
                .body(texts.sourceOf(sample));
    }

    private Rendering page(Chapter chapter, ServerWebExchange exchange) {
        Locale language = exchange.getLocaleContext().getLocale();
        Locale known = language == null ? Locale.forLanguageTag("ru") : language;
        return Rendering.view(VIEW)
                .modelAttribute("chapter", chapter)
                .modelAttribute("chapters", List.of(Chapter.values()))
                .modelAttribute("html", texts.htmlOf(chapter, known))
                .modelAttribute("faults", chapter == Chapter.ERRORS ? faults(known) : List.of())
                .modelAttribute("sources", chapter == Chapter.SAMPLES ? sources() : List.of())
                .build();
    }

    /** What a partner's program can meet, from the code: nobody has to keep a list. */
    private List<Fault> faults(Locale language) {
        return Stream.concat(Arrays.stream(PaymentsProblem.values()), Arrays.stream(CommonProblem.values()))
                .map(problem -> fault(problem, language))
                .sorted(Comparator.comparingInt(Fault::status).thenComparing(Fault::code))
                .toList();
    }

    private Fault fault(ProblemType problem, Locale language) {
        return new Fault(problem.status().value(), problem.code(), problems.title(problem, language));
    }

    private List<Source> sources() {
        return Arrays.stream(Sample.values())
                .map(sample -> new Source(sample, texts.sourceOf(sample)))
                .toList();
    }

    private static <T> T known(@Nullable T found) {
        if (found == null) {
            throw CommonProblem.NOT_FOUND.exception();
        }
        return found;
    }
}

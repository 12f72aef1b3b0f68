package io.darvoza.payments.page.docs;

import io.darvoza.common.ui.UiProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The chapters' texts, from Markdown, and the samples: read and rendered once, at the start. */
@Component
final class DocsTexts {

    private final Map<String, String> htmlByPlace = new HashMap<>();
    private final Map<String, String> samples = new HashMap<>();

    DocsTexts(UiProperties ui) {
        Parser parser = Parser.builder().build();
        HtmlRenderer renderer = HtmlRenderer.builder()
                .escapeHtml(true)
                .sanitizeUrls(true)
                .attributeProviderFactory(_ -> DocsTexts::reachByKeyboard)
                .build();
        for (Locale language : ui.languages()) {
            for (Chapter chapter : Chapter.values()) {
                Node text = parser.parse(read("payments-docs/" + place(chapter, language) + ".md"));
                htmlByPlace.put(place(chapter, language), renderer.render(text));
            }
        }
        for (Sample sample : Sample.values()) {
            samples.put(sample.file(), read("samples/" + sample.file()));
        }
    }

    String htmlOf(Chapter chapter, Locale language) {
        return Objects.requireNonNull(htmlByPlace.get(place(chapter, language)));
    }

    String sourceOf(Sample sample) {
        return Objects.requireNonNull(samples.get(sample.file()));
    }

    /** What scrolls sideways in a narrow window has to be scrolled without a pointer too. */
    private static void reachByKeyboard(Node node, String tag, Map<String, String> attributes) {
        if (tag.equals("pre")) {
            attributes.put("tabindex", "0");
        }
    }

    private static String place(Chapter chapter, Locale language) {
        return language.toLanguageTag() + "/" + chapter.word();
    }

    private static String read(String path) {
        try {
            return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}

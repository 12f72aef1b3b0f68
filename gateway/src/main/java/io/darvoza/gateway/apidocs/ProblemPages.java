package io.darvoza.gateway.apidocs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * What each problem means: the pages of {@code docs/problems}, packed into the jar by the build and rendered once at the
 * start. HTML within the Markdown is shown as text, and links with other schemes than those of the web lead nowhere.
 */
final class ProblemPages {

    private static final String ENDING = ".md";

    private final Map<String, String> htmlByCode = new TreeMap<>();

    ProblemPages() {
        Parser parser = Parser.builder().build();
        HtmlRenderer renderer =
                HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
        for (Resource page : pages()) {
            String name = Objects.requireNonNull(page.getFilename());
            if (!name.equals("README.md")) {
                htmlByCode.put(
                        name.substring(0, name.length() - ENDING.length()), renderer.render(parser.parse(text(page))));
            }
        }
    }

    /** The page's body, or null when there is no problem of that code. */
    @Nullable
    String htmlOf(String code) {
        return htmlByCode.get(code);
    }

    /** All codes, in alphabetical order. */
    List<String> codes() {
        return List.copyOf(htmlByCode.keySet());
    }

    private static List<Resource> pages() {
        try {
            return Arrays.asList(new PathMatchingResourcePatternResolver().getResources("classpath*:problems/*.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Resource page) {
        try {
            return page.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

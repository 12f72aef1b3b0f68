package io.darvoza.common.test.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.problem.ProblemType;
import io.darvoza.common.test.committed.CommittedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/**
 * Holds a module's enum of problems against what people get of it: a title in Russian and English, and a page
 * {@code docs/problems/<code>.md} that names the status and the enum. As a page names one enum, no code stands twice in
 * the suite; a page whose enum has lost the constant is an error, too.
 */
public final class ProblemCatalogue {

    private static final List<Locale> LANGUAGES = List.of(Locale.forLanguageTag("ru"), Locale.ENGLISH);

    private ProblemCatalogue() {}

    /** Fails for a constant of the enum without texts or page, and for a page of the enum without a constant. */
    public static <E extends Enum<E> & ProblemType> void check(Class<E> problems, String bundle) {
        for (E problem : problems.getEnumConstants()) {
            for (Locale language : LANGUAGES) {
                assertThat(texts(bundle, language).containsKey(problem.code() + ".title"))
                        .as("%s.title in %s_%s.properties", problem.code(), bundle, language)
                        .isTrue();
            }
            assertThat(page(problem.code()))
                    .as("docs/problems/%s.md", problem.code())
                    .contains("Status " + problem.status().value())
                    .contains("`" + problems.getSimpleName() + "`");
        }
        List<String> codes =
                Stream.of(problems.getEnumConstants()).map(ProblemType::code).toList();
        assertThat(pagesNaming(problems.getSimpleName())).containsExactlyInAnyOrderElementsOf(codes);
    }

    private static ResourceBundle texts(String bundle, Locale language) {
        return ResourceBundle.getBundle(
                bundle,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static String page(String code) {
        try {
            return Files.readString(pages().resolve(code + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException("docs/problems/" + code + ".md is missing", e);
        }
    }

    private static List<String> pagesNaming(String enumName) {
        try (Stream<Path> files = Files.list(pages())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .filter(code -> page(code).contains("`" + enumName + "`"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path pages() {
        return CommittedFile.root().resolve("docs/problems");
    }
}

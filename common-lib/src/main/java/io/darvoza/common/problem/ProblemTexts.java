package io.darvoza.common.problem;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * Titles and details of problems for people, in Russian and English. {@code common-lib} brings the bundle {@code problems};
 * a service adds its own by a bean of {@link Bundle}. A text that a language lacks is told in Russian.
 *
 * <p>All is read when the application starts: a message source would read files on an event loop at the first refusal.
 */
public final class ProblemTexts {

    /** The base name of a bundle of properties files in UTF-8: {@code <base name>_<language>.properties}. */
    public record Bundle(String baseName) {}

    private static final String RUSSIAN = "ru";
    private static final List<String> OTHER_LANGUAGES = List.of("en", "kk", "tg");

    private final Properties russian;
    private final Map<String, Properties> byLanguage;

    public ProblemTexts(List<Bundle> bundles) {
        List<String> names = Stream.concat(
                        Stream.of("problems"), bundles.stream().map(Bundle::baseName))
                .toList();
        russian = read(names, RUSSIAN, new Properties());
        byLanguage = OTHER_LANGUAGES.stream()
                .collect(Collectors.toMap(Function.identity(), language -> read(names, language, russian)));
    }

    /** The title of a problem type. Every type has one: {@code ProblemCatalogueTests} fails for one without. */
    public String title(ProblemType type, Locale locale) {
        String title = text(type.code() + ".title", locale);
        return title == null ? type.code() : title;
    }

    /** The detail of this occurrence, or null when the type's title says all. */
    public @Nullable String detail(ProblemType type, Object[] arguments, Locale locale) {
        String detail = text(type.code() + ".detail", locale);
        return detail == null || arguments.length == 0 ? detail : new MessageFormat(detail, locale).format(arguments);
    }

    private @Nullable String text(String key, Locale locale) {
        return byLanguage.getOrDefault(locale.getLanguage(), russian).getProperty(key);
    }

    private static Properties read(List<String> names, String language, Properties otherwise) {
        Properties texts = new Properties(otherwise);
        for (String name : names) {
            ClassPathResource file = new ClassPathResource(name + "_" + language + ".properties");
            if (file.exists()) {
                try (var reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    texts.load(reader);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }
        return texts;
    }
}

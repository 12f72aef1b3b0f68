package io.darvoza.common.test.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;

/** The words of pages: the same in every language, and there for every key that a template asks for. */
public final class PageTexts {

    private static final Pattern PLURAL = Pattern.compile("\\.(one|few|many|other)$");
    private static final Pattern ASKED =
            Pattern.compile("#\\{([a-zA-Z][\\w.]*)|#messages\\.msg\\('([\\w.]+[\\w])'[,)]");
    private static final Pattern COUNTED = Pattern.compile("kit\\.(?:count|form)\\('([\\w.]+)'");

    private PageTexts() {}

    /** Asserts that both languages of a bundle have the same keys, no blank text, and each its own plural forms. */
    public static void assertComplete(String bundle) {
        Properties russian = texts(bundle, "ru");
        Properties english = texts(bundle, "en");
        assertThat(keys(english)).as("keys of %s_en", bundle).isEqualTo(keys(russian));
        assertPlurals(bundle + "_ru", russian, Set.of("one", "few", "many"));
        assertPlurals(bundle + "_en", english, Set.of("one", "other"));
        Stream.of(russian, english)
                .forEach(texts -> assertThat(texts)
                        .allSatisfy((key, text) ->
                                assertThat(text.toString()).as("%s", key).isNotBlank()));
    }

    /** Asserts that the bundles have every text that a template names outright. */
    public static void assertTemplateHasItsTexts(String template, String... bundles) {
        Set<String> known = Arrays.stream(bundles)
                .flatMap(bundle -> keys(texts(bundle, "ru")).stream())
                .collect(Collectors.toSet());
        String source = read(template);
        assertThat(groups(ASKED, source)).as("texts of %s", template).isSubsetOf(known);
        assertThat(groups(COUNTED, source).stream().map(key -> key + ".*").toList())
                .as("counts of %s", template)
                .isSubsetOf(known);
    }

    private static void assertPlurals(String name, Properties texts, Set<String> forms) {
        Set<String> counted = texts.stringPropertyNames().stream()
                .filter(key -> PLURAL.matcher(key).find())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = counted.stream()
                .map(key -> PLURAL.matcher(key).replaceFirst(""))
                .flatMap(key -> forms.stream().map(form -> key + "." + form))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(counted).as("plural forms of %s", name).isEqualTo(wanted);
    }

    /** A counted text counts as one key, since languages differ in their forms. */
    private static Set<String> keys(Properties texts) {
        return texts.stringPropertyNames().stream()
                .map(key -> PLURAL.matcher(key).replaceFirst(".*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> groups(Pattern pattern, String source) {
        Set<String> found = new TreeSet<>();
        for (Matcher matcher = pattern.matcher(source); matcher.find(); ) {
            found.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return found;
    }

    private static Properties texts(String bundle, String language) {
        Properties texts = new Properties();
        try (InputStream in = new ClassPathResource(bundle + "_" + language + ".properties").getInputStream()) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return texts;
    }

    private static String read(String template) {
        try {
            return new ClassPathResource("templates/" + template + ".html").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}

package io.darvoza.common.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.test.ui.PageTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

class KitTextsTests {

    @Test
    void bundleIsCompleteInEveryLanguage() {
        PageTexts.assertComplete("messages/kit");
    }

    @Test
    void bundleThatLacksATextOrAPluralFormIsFound() {
        assertThatThrownBy(() -> PageTexts.assertComplete("messages/broken-keys"))
                .hasMessageContaining("only.russian");
        assertThatThrownBy(() -> PageTexts.assertComplete("messages/broken-plurals"))
                .hasMessageContaining("few");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit/layout", "kit/parts", "kit/error"})
    void everyTextOfATemplateExists(String template) {
        PageTexts.assertTemplateHasItsTexts(template, "messages/kit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit.js", "live.js", "upload.js"})
    void everyWordOfAScriptIsHandedToIt(String script) throws IOException {
        String source = read("kit/assets/" + script);
        Set<String> used = new TreeSet<>();
        Pattern.compile("\\bwords\\.([a-zA-Z]+)").matcher(source).results().forEach(found -> used.add(found.group(1)));
        Set<String> given = new TreeSet<>();
        Pattern.compile("th:data-([a-z-]+)=")
                .matcher(read("templates/kit/layout.html"))
                .results()
                .forEach(found -> given.add(camelCase(found.group(1))));

        assertThat(given).containsAll(used);
    }

    @ParameterizedTest
    @CsvSource({
        "0,MANY",
        "1,ONE",
        "2,FEW",
        "4,FEW",
        "5,MANY",
        "11,MANY",
        "12,MANY",
        "14,MANY",
        "21,ONE",
        "22,FEW",
        "25,MANY",
        "101,ONE",
        "111,MANY",
        "112,MANY",
        "122,FEW",
        "1001,ONE"
    })
    void russianCountsTakeTheirForm(long count, Plural form) {
        assertThat(Plural.of(count, Locale.of("ru"))).isEqualTo(form);
    }

    @Test
    void englishHasTwoForms() {
        assertThat(Plural.of(1, Locale.ENGLISH)).isEqualTo(Plural.ONE);
        assertThat(Plural.of(0, Locale.ENGLISH)).isEqualTo(Plural.OTHER);
        assertThat(Plural.of(21, Locale.ENGLISH)).isEqualTo(Plural.OTHER);
    }

    private static String camelCase(String dashed) {
        return Pattern.compile("-([a-z])")
                .matcher(dashed)
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    private static String read(String resource) throws IOException {
        return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
    }
}

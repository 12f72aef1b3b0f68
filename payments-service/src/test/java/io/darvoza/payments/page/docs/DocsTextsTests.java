package io.darvoza.payments.page.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.ui.PageTexts;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class DocsTextsTests {

    @Test
    void everyTextOfTheSectionExistsInEveryLanguage() {
        PageTexts.assertComplete("messages/payments-docs");
        PageTexts.assertTemplateHasItsTexts("payments/docs", "messages/payments-docs", "messages/kit");
    }

    @Test
    void everyChapterHasAName() {
        var texts = ResourceBundle.getBundle("messages.payments-docs", Locale.of("ru"));

        assertThat(Arrays.stream(Chapter.values()).map(chapter -> "docs.chapter." + chapter.word()))
                .allMatch(texts::containsKey);
    }
}

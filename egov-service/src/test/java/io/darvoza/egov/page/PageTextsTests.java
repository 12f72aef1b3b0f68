package io.darvoza.egov.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.ui.PageTexts;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTextsTests {

    @ParameterizedTest
    @ValueSource(strings = {"verifications", "verification", "settings", "log", "admin", "health", "parts", "demo"})
    void everyTextOfThePagesExistsInEveryLanguage(String page) {
        PageTexts.assertComplete("messages/egov");
        PageTexts.assertTemplateHasItsTexts("egov/" + page, "messages/egov", "messages/kit");
        assertThat(ResourceBundle.getBundle("messages.egov", Locale.of("kk")).keySet())
                .isEqualTo(ResourceBundle.getBundle("messages.egov", Locale.of("ru"))
                        .keySet());
    }
}

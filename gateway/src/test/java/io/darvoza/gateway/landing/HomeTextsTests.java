package io.darvoza.gateway.landing;

import io.darvoza.common.test.ui.PageTexts;
import org.junit.jupiter.api.Test;

class HomeTextsTests {

    @Test
    void everyTextOfThePageExistsInEveryLanguage() {
        PageTexts.assertComplete("messages/home");
        PageTexts.assertTemplateHasItsTexts("home", "messages/home", "messages/kit");
    }
}

package io.darvoza.gateway.apidocs;

import io.darvoza.common.test.ui.PageTexts;
import org.junit.jupiter.api.Test;

class DocsTextsTests {

    @Test
    void everyTextOfThePagesExistsInEveryLanguage() {
        PageTexts.assertComplete("messages/docs");
        for (String page : new String[] {"docs/overview", "docs/problem", "docs/swagger", "docs/redoc"}) {
            PageTexts.assertTemplateHasItsTexts(page, "messages/docs", "messages/kit");
        }
    }
}

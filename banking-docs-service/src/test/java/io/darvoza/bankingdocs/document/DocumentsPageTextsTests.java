package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.common.test.ui.PageTexts;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class DocumentsPageTextsTests {

    @Test
    void everyTextOfThePageExistsInEveryLanguage() {
        PageTexts.assertComplete("messages/documents");
        PageTexts.assertTemplateHasItsTexts("documents/list", "messages/documents", "messages/kit");
    }

    @Test
    void everyStatusHasAWord() {
        var texts = ResourceBundle.getBundle("messages.documents", Locale.of("ru"));

        assertThat(Arrays.stream(DocumentStatus.values()).map(status -> "documents.status." + status.word()))
                .allMatch(texts::containsKey);
    }
}

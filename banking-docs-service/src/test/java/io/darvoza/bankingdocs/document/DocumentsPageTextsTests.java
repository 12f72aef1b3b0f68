package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.contract.model.ContractStatus;
import io.darvoza.bankingdocs.contract.model.LinkStatus;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.common.test.ui.PageTexts;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsPageTextsTests {

    @Test
    void everyTextOfThePageExistsInEveryLanguage() {
        PageTexts.assertComplete("messages/documents");
        PageTexts.assertTemplateHasItsTexts("documents/list", "messages/documents", "messages/kit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parts", "queue", "document", "contracts", "contract"})
    void everyTextOfTheDeskExistsInEveryLanguage(String template) {
        PageTexts.assertComplete("messages/document-desk");
        PageTexts.assertTemplateHasItsTexts(
                "documents/" + template, "messages/document-desk", "messages/documents", "messages/kit");
    }

    @Test
    void everyWordOfAContractAndALinkHasAText() {
        var texts = ResourceBundle.getBundle("messages.document-desk", Locale.of("ru"));

        assertThat(Stream.concat(
                        Arrays.stream(ContractStatus.values()).map(status -> "desk.contract.status." + status.word()),
                        Arrays.stream(LinkStatus.values()).map(status -> "desk.link.status." + status.word())))
                .allMatch(texts::containsKey);
    }

    @Test
    void everyStatusHasAWord() {
        var texts = ResourceBundle.getBundle("messages.documents", Locale.of("ru"));

        assertThat(Arrays.stream(DocumentStatus.values()).map(status -> "documents.status." + status.word()))
                .allMatch(texts::containsKey);
    }
}

package io.darvoza.payments.page.partner;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.ui.PageTexts;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.signature.model.Scope;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerTextsTests {

    @ParameterizedTest
    @ValueSource(strings = {"money", "keys", "callbacks", "simulation", "parts"})
    void everyTextOfThePagesExistsInEveryLanguage(String page) {
        PageTexts.assertComplete("messages/partner");
        PageTexts.assertTemplateHasItsTexts("payments/partner-" + page, "messages/partner", "messages/kit");
    }

    @Test
    void everyWordOfTheDataHasItsText() {
        var texts = ResourceBundle.getBundle("messages.partner", Locale.of("ru"));

        assertThat(Stream.of(
                                Arrays.stream(OrderStatus.values()).map(status -> "partner.status." + status.word()),
                                Arrays.stream(Scope.values()).map(scope -> "partner.scope." + scope.word()),
                                Arrays.stream(PartnerTab.values()).map(tab -> "partner.tab." + tab.word()))
                        .flatMap(keys -> keys))
                .allMatch(texts::containsKey);
    }
}

package io.darvoza.payments.page.payer;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.ui.PageTexts;
import io.darvoza.payments.order.model.OrderStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PayerPageTextsTests {

    @Test
    void everyTextOfThePageExistsInEveryLanguage() {
        PageTexts.assertComplete("messages/payer");
        PageTexts.assertTemplateHasItsTexts("payments/payer", "messages/payer", "messages/kit");
    }

    @Test
    void everyEndSaysWhatItIsAndWhatToDo() {
        var texts = ResourceBundle.getBundle("messages.payer", Locale.of("ru"));

        assertThat(Arrays.stream(OrderStatus.values())
                        .filter(OrderStatus::isTerminal)
                        .flatMap(status -> Stream.of(".deposit", ".withdrawal", ".deposit.next", ".withdrawal.next")
                                .map(ending -> "payer." + status.word() + ending)))
                .allMatch(texts::containsKey);
    }
}

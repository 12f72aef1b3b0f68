package io.darvoza.payments.page.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.ui.PageTexts;
import io.darvoza.payments.card.model.CardStatus;
import io.darvoza.payments.card.model.Exclusion;
import io.darvoza.payments.order.model.FailureReason;
import io.darvoza.payments.order.model.Happening;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.RejectionReason;
import io.darvoza.payments.order.model.SubStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeskTextsTests {

    @Test
    void everyTextExistsInEveryLanguage() {
        PageTexts.assertComplete("messages/desk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "desk",
                "desk-order",
                "desk-parts",
                "desk-second",
                "desk-cards",
                "desk-card",
                "desk-partners",
                "desk-partner",
                "desk-currencies",
                "desk-cases",
                "desk-audit",
                "desk-statistics",
                "desk-sessions"
            })
    void everyTextThatAPageNamesExists(String template) {
        PageTexts.assertTemplateHasItsTexts("payments/" + template, "messages/desk", "messages/kit");
    }

    @Test
    void everyWordOfTheModelHasAText() {
        var texts = ResourceBundle.getBundle("messages.desk", Locale.of("ru"));

        assertThat(Stream.of(
                                words(
                                        "desk.state.",
                                        Arrays.stream(SubStatus.values()).map(SubStatus::word)),
                                words(
                                        "desk.status.",
                                        Arrays.stream(OrderStatus.values()).map(OrderStatus::word)),
                                words(
                                        "desk.step.",
                                        Arrays.stream(Happening.values()).map(Happening::word)),
                                words(
                                        "desk.reason.",
                                        Arrays.stream(FailureReason.values()).map(FailureReason::word)),
                                words(
                                        "desk.reason.",
                                        Arrays.stream(RejectionReason.values()).map(RejectionReason::word)),
                                words(
                                        "desk.exclusion.",
                                        Arrays.stream(Exclusion.values()).map(Exclusion::word)),
                                words(
                                        "desk.cardstatus.",
                                        Arrays.stream(CardStatus.values())
                                                .map(status -> status.name().toLowerCase(Locale.ROOT))),
                                words(
                                        "desk.tab.",
                                        Arrays.stream(Tab.values())
                                                .map(tab -> tab.name().toLowerCase(Locale.ROOT))),
                                words("desk.filter.", QueueFilter.NAMES.stream()),
                                words("desk.patience.", Stream.of("fresh", "soon", "late", "held")))
                        .flatMap(keys -> keys))
                .allMatch(texts::containsKey);
    }

    private static Stream<String> words(String key, Stream<String> words) {
        return words.map(word -> key + word);
    }
}

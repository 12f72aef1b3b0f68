package io.darvoza.payments.card;

/** The statements that choose a card, for the test of plans. */
public final class CardSql {

    private CardSql() {}

    public static String candidates() {
        return CardStates.ALL;
    }
}

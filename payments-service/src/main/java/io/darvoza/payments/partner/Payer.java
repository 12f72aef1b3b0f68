package io.darvoza.payments.partner;

import io.darvoza.payments.vault.PanToken;

/** By what a payer is told apart where turnover is counted. */
public sealed interface Payer {

    /** By the id that the partner gives its clients. */
    record OfClientId(String clientId) implements Payer {}

    /** By the number of the card that is paid to. */
    record OfCard(PanToken token) implements Payer {}
}

package io.darvoza.payments.order;

import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.partner.Payer;
import io.darvoza.payments.vault.PanToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** By what the payer of an order is counted. */
final class Payers {

    private Payers() {}

    /**
     * One counting.
     *
     * @param since when the order's amount was counted
     */
    record Counting(Payer payer, Instant since) {}

    /** Every counting of an order: by the partner's id of the payer, and by the card that is paid to. */
    static List<Counting> of(PaymentOrder order) {
        List<Counting> countings = new ArrayList<>();
        String clientId = order.terms().clientId();
        if (clientId != null) {
            countings.add(
                    new Counting(new Payer.OfClientId(clientId), order.terms().createdAt()));
        }
        UUID card = order.state().payerCard();
        Instant confirmed = order.state().processingAt();
        if (card != null && confirmed != null) {
            countings.add(new Counting(new Payer.OfCard(new PanToken(card)), confirmed));
        }
        return countings;
    }
}

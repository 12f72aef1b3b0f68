package io.darvoza.payments.order;

import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.vault.CardNumber;
import io.darvoza.payments.vault.PanToken;
import io.darvoza.payments.vault.PanVault;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The cards that payers are shown, with their numbers: showing them to the payer is what they are for. */
@Component
final class PlatformCards {

    private final DatabaseClient database;
    private final PanVault vault;

    PlatformCards(DatabaseClient database, PanVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** A card to pay to. */
    record Shown(CardNumber number, String holder, String bank) {}

    private record Found(UUID token, String holder, String bank) {}

    /** The card of an order; empty when it has none. */
    Mono<Shown> of(PaymentOrder order) {
        return Mono.justOrEmpty(order.state().cardId())
                .flatMap(card -> shown(database.sql("select pan_token, holder, bank from card where id = :id")
                        .bind("id", card)));
    }

    /** The card of the order of this uid; empty when there is none. */
    Mono<Shown> ofOrder(UUID uid) {
        return shown(database.sql("""
                select c.pan_token, c.holder, c.bank from payment_order o join card c on c.id = o.card_id
                where o.uid = :uid
                """).bind("uid", uid));
    }

    private Mono<Shown> shown(DatabaseClient.GenericExecuteSpec select) {
        return select.map(row -> new Found(
                        Objects.requireNonNull(row.get("pan_token", UUID.class)),
                        Objects.requireNonNull(row.get("holder", String.class)),
                        Objects.requireNonNull(row.get("bank", String.class))))
                .one()
                .flatMap(found -> vault.reveal(new PanToken(found.token()))
                        .map(number -> new Shown(number, found.holder(), found.bank())));
    }
}

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

    private static final String SELECT = """
            select v.token, v.cipher, c.holder, c.bank
            from card c join pan_vault v on v.token = c.pan_token and v.cipher is not null
            """;

    private final DatabaseClient database;
    private final PanVault vault;

    PlatformCards(DatabaseClient database, PanVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** A card to pay to. */
    record Shown(CardNumber number, String holder, String bank) {}

    /** The card of an order; empty when it has none. */
    Mono<Shown> of(PaymentOrder order) {
        return Mono.justOrEmpty(order.state().cardId())
                .flatMap(card -> shown(database.sql(SELECT + "where c.id = :id").bind("id", card)));
    }

    /** The card of the order of this uid; empty when there is none. */
    Mono<Shown> ofOrder(UUID uid) {
        return shown(database.sql(SELECT + "where c.id = (select card_id from payment_order where uid = :uid)")
                .bind("uid", uid));
    }

    private Mono<Shown> shown(DatabaseClient.GenericExecuteSpec select) {
        return select.map(row -> new Shown(
                        vault.read(
                                new PanToken(Objects.requireNonNull(row.get("token", UUID.class))),
                                Objects.requireNonNull(row.get("cipher", byte[].class))),
                        Objects.requireNonNull(row.get("holder", String.class)),
                        Objects.requireNonNull(row.get("bank", String.class))))
                .one();
    }
}

package io.darvoza.payments.order;

import io.darvoza.payments.order.model.Claim;
import io.darvoza.payments.order.model.OrderState;
import io.darvoza.payments.order.model.OrderStatus;
import io.darvoza.payments.order.model.OrderTerms;
import io.darvoza.payments.order.model.OrderType;
import io.darvoza.payments.order.model.PaymentOrder;
import io.darvoza.payments.order.model.SubStatus;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of table {@code payment_order}. */
final class OrderRow {

    private OrderRow() {}

    static PaymentOrder read(Readable row) {
        return new PaymentOrder(terms(row), state(row));
    }

    private static OrderTerms terms(Readable row) {
        return new OrderTerms(
                required(row, "id", UUID.class),
                required(row, "uid", UUID.class),
                required(row, "partner_id", UUID.class),
                required(row, "partner_client", String.class),
                row.get("external_id", String.class),
                OrderType.ofWord(required(row, "type", String.class)).orElseThrow(),
                required(row, "currency", String.class),
                required(row, "amount", Long.class),
                required(row, "fee_bps", Integer.class),
                required(row, "fee_min", Long.class),
                row.get("fee_max", Long.class),
                required(row, "fee", Long.class),
                row.get("client_id", String.class),
                row.get("description", String.class),
                row.get("metadata", String.class),
                row.get("return_url", String.class),
                row.get("callback_url", String.class),
                row.get("reference_type", String.class),
                row.get("reference_id", String.class),
                required(row, "created_at", Instant.class),
                required(row, "expires_at", Instant.class),
                required(row, "closes_at", Instant.class),
                row.get("late_of", UUID.class),
                row.get("late_evidence", String.class));
    }

    private static OrderState state(Readable row) {
        return new OrderState(
                OrderStatus.ofWord(required(row, "status", String.class)).orElseThrow(),
                subStatus(row),
                row.get("card_id", UUID.class),
                row.get("card_mask", String.class),
                row.get("payer_card_token", UUID.class),
                row.get("payer_card_mask", String.class),
                row.get("actual_amount", Long.class),
                row.get("actual_fee", Long.class),
                claim(row),
                row.get("escalate_at", Instant.class),
                row.get("escalated_at", Instant.class),
                row.get("held_at", Instant.class),
                row.get("supporting_document", Long.class),
                row.get("reason", String.class),
                row.get("comment", String.class),
                row.get("bank_reference", String.class),
                row.get("decided_by", String.class),
                row.get("processing_at", Instant.class),
                row.get("performed_at", Instant.class),
                row.get("reversed_at", Instant.class),
                required(row, "version", Long.class));
    }

    private static @Nullable SubStatus subStatus(Readable row) {
        String word = row.get("sub_status", String.class);
        return word == null ? null : SubStatus.ofWord(word).orElseThrow();
    }

    private static @Nullable Claim claim(Readable row) {
        String holder = row.get("assigned_to", String.class);
        return holder == null
                ? null
                : new Claim(
                        holder,
                        required(row, "assigned_name", String.class),
                        required(row, "lease_until", Instant.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}

package io.darvoza.payments.treasury;

import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A receipt.
 *
 * @param orderUid the deposit that took it; absent while it waits for one
 */
@Schema(name = "Receipt")
record ReceiptResponse(
        UUID id,
        UUID cardId,
        @Schema(example = "220424******0012") String cardMask,
        @Schema(example = "1500.00") String amount,
        String currency,
        String bankReference,
        @Nullable String comment,
        String recordedBy,
        Instant recordedAt,
        @Nullable UUID orderUid) {

    static ReceiptResponse from(Readable row) {
        Currency currency = Currency.valueOf(Objects.requireNonNull(row.get("currency", String.class)));
        return new ReceiptResponse(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("card_id", UUID.class)),
                Objects.requireNonNull(row.get("mask", String.class)),
                Amount.format(Objects.requireNonNull(row.get("amount_minor", Long.class)), currency),
                currency.name(),
                Objects.requireNonNull(row.get("bank_reference", String.class)),
                row.get("comment", String.class),
                Objects.requireNonNull(row.get("recorded_by", String.class)),
                Objects.requireNonNull(row.get("recorded_at", Instant.class)),
                row.get("order_uid", UUID.class));
    }
}

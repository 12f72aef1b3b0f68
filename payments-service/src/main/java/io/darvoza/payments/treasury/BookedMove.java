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
 * Money that went from one card to another, as it was booked; amounts are decimal strings.
 *
 * @param confirmedBy the second person, whom a bank's fee needs
 */
@Schema(name = "CardTransfer")
public record BookedMove(
        UUID id,
        UUID fromCard,
        String fromMask,
        UUID toCard,
        String toMask,
        @Schema(example = "50000.00") String amount,
        @Schema(example = "30.00") String bankFee,
        String currency,
        String bankReference,
        @Nullable String comment,
        String movedBy,
        @Nullable String confirmedBy,
        Instant movedAt) {

    static BookedMove from(Readable row) {
        Currency currency = Currency.valueOf(Objects.requireNonNull(row.get("currency", String.class)));
        return new BookedMove(
                Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("from_card", UUID.class)),
                Objects.requireNonNull(row.get("from_mask", String.class)),
                Objects.requireNonNull(row.get("to_card", UUID.class)),
                Objects.requireNonNull(row.get("to_mask", String.class)),
                Amount.format(Objects.requireNonNull(row.get("amount_minor", Long.class)), currency),
                Amount.format(Objects.requireNonNull(row.get("bank_fee_minor", Long.class)), currency),
                currency.name(),
                Objects.requireNonNull(row.get("bank_reference", String.class)),
                row.get("comment", String.class),
                Objects.requireNonNull(row.get("moved_by", String.class)),
                row.get("confirmed_by", String.class),
                Objects.requireNonNull(row.get("moved_at", Instant.class)));
    }
}

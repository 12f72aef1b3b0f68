package io.darvoza.payments.card;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A card as staff see it; its number is masked always.
 *
 * @param in what it takes; absent when it takes no deposits
 * @param out what it pays; absent when it makes no payouts
 */
@Schema(name = "Card")
record CardResponse(
        UUID id,
        @Schema(example = "220424******0012") String mask,
        String bank,
        String holder,
        String holderKind,
        String legalBasis,
        String currency,
        String status,
        @Nullable String statusReason,
        Instant statusSince,
        LocalDate validUntil,
        String zone,
        String min,
        String max,
        int cooldownSeconds,
        int priority,
        List<UUID> partners,
        List<Window> schedule,
        @Nullable LoadResponse in,
        @Nullable LoadResponse out,
        long version) {

    /**
     * A part of a day of the week.
     *
     * @param day 1 is Monday
     */
    @Schema(name = "CardWindow")
    record Window(
            @Nullable Integer day,
            @Schema(example = "09:00") @Nullable String from,
            @Schema(example = "24:00") @Nullable String until) {}

    /** Caps and what is used of them, in the card's running hour, day and month. */
    @Schema(name = "CardLoad")
    record LoadResponse(
            CapsResponse caps,
            String reserved,
            int openOrders,
            String hour,
            String day,
            String month,
            int dayCount,
            @Nullable Instant lastAssignedAt) {}

    /** Bounds of one direction; absent ones are none. */
    @Schema(name = "CardCaps")
    record CapsResponse(
            @Schema(example = "100000.00") @Nullable String hour,
            @Schema(example = "500000.00") @Nullable String day,
            @Schema(example = "5000000.00") @Nullable String month,
            @Nullable Integer dayCount,
            @Nullable Integer maxOpen) {}
}

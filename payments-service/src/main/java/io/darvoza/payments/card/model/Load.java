package io.darvoza.payments.card.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a card moves in one direction.
 *
 * @param reservedMinor amounts of open orders, whenever they began
 * @param hourMinor what was posted in the running hour; day and month likewise, all in the card's zone
 */
public record Load(
        long reservedMinor,
        int openOrders,
        long hourMinor,
        long dayMinor,
        long monthMinor,
        int dayCount,
        @Nullable Instant lastAssignedAt) {

    public static final Load NONE = new Load(0, 0, 0, 0, 0, 0, null);
}

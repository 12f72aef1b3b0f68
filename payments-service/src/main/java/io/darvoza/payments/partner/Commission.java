package io.darvoza.payments.partner;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What the platform takes for an order of one type.
 *
 * @param bps basis points of the amount, 0 to 10 000
 * @param minMinor no less than this
 * @param maxMinor no more than this; null is no bound
 */
public record Commission(int bps, long minMinor, @Nullable Long maxMinor) {

    private static final int WHOLE = 10_000;

    public Commission {
        if (bps < 0 || bps > WHOLE || minMinor < 0 || (maxMinor != null && maxMinor < minMinor)) {
            throw new IllegalArgumentException("a commission of %d bps, %d to %s".formatted(bps, minMinor, maxMinor));
        }
    }

    /** The fee of an amount, rounded half up to the minor unit, then brought within min and max. */
    public long feeOf(long amountMinor) {
        long share = BigDecimal.valueOf(amountMinor)
                .multiply(BigDecimal.valueOf(bps))
                .divide(BigDecimal.valueOf(WHOLE), 0, RoundingMode.HALF_UP)
                .longValueExact();
        long atLeast = Math.max(share, minMinor);
        return maxMinor == null ? atLeast : Math.min(atLeast, maxMinor);
    }
}

package io.darvoza.payments.partner;

import io.darvoza.payments.RequestCheck;
import io.darvoza.payments.money.Currency;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A partner's terms as an administrator sends them; absent ones are the service's defaults. */
@Schema(name = "PartnerTerms")
record PartnerRequest(
        @Schema(maxLength = 200, requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(allowableValues = {"active", "blocked"}) @Nullable
        String status,

        @Schema(description = "How long a new order waits for its payer") @Nullable
        Integer ttlSeconds,

        @Nullable CommissionRequest deposit,
        @Nullable CommissionRequest withdrawal,

        @Schema(description = "Absent: the currency's", example = "100000.00") @Nullable
        String secondApproval) {

    private static final int MAX_NAME = 200;
    private static final int WHOLE_BPS = 10_000;

    /** Basis points with bounds. */
    @Schema(name = "PartnerCommission")
    record CommissionRequest(
            @Nullable Integer bps,
            @Schema(example = "0.00") @Nullable String min,
            @Schema(example = "500.00") @Nullable String max) {}

    /** The terms; what is wrong is noted in the check. */
    PartnerTerms toTerms(Currency currency, PartnerProperties properties, RequestCheck check) {
        int ttl = check.number(
                "/ttl_seconds",
                ttlSeconds,
                (int) properties.minTtl().toSeconds(),
                (int) properties.maxTtl().toSeconds(),
                (int) properties.ttl().toSeconds());
        return new PartnerTerms(
                check.text("/name", name, MAX_NAME),
                status == null ? PartnerStatus.ACTIVE : check.word("/status", status, PartnerStatus.class),
                Duration.ofSeconds(Math.max(1, ttl)),
                commission("/deposit", deposit, currency, properties, check),
                commission("/withdrawal", withdrawal, currency, properties, check),
                check.optionalAmount("/second_approval", secondApproval, currency, 1));
    }

    private static Commission commission(
            String pointer,
            @Nullable CommissionRequest wanted,
            Currency currency,
            PartnerProperties properties,
            RequestCheck check) {
        if (wanted == null) {
            return new Commission(properties.commissionBps(), 0, null);
        }
        int bps = check.number(pointer + "/bps", wanted.bps(), 0, WHOLE_BPS, properties.commissionBps());
        Long min = check.optionalAmount(pointer + "/min", wanted.min(), currency, 0);
        long least = min == null ? 0 : min;
        Long max = check.optionalAmount(pointer + "/max", wanted.max(), currency, least);
        return new Commission(Math.clamp(bps, 0, WHOLE_BPS), least, max);
    }
}

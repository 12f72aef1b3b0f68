package io.darvoza.payments.partner;

import io.darvoza.payments.money.Amount;
import io.darvoza.payments.money.Currency;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A partner as administrators see it. */
@Schema(name = "Partner")
record PartnerResponse(
        UUID id,
        String clientId,
        String name,
        String currency,
        String status,
        long ttlSeconds,
        CommissionResponse deposit,
        CommissionResponse withdrawal,
        @Schema(example = "100000.00") String secondApproval,
        Instant createdAt,
        long version) {

    /** What the partner pays per order. */
    @Schema(name = "Commission")
    record CommissionResponse(int bps, String min, @Nullable String max) {

        static CommissionResponse from(Commission commission, Currency currency) {
            return new CommissionResponse(
                    commission.bps(),
                    Amount.format(commission.minMinor(), currency),
                    commission.maxMinor() == null ? null : Amount.format(commission.maxMinor(), currency));
        }
    }

    static PartnerResponse from(Partner partner) {
        return new PartnerResponse(
                partner.id(),
                partner.clientId(),
                partner.name(),
                partner.currency().name(),
                partner.status().word(),
                partner.ttl().toSeconds(),
                CommissionResponse.from(partner.deposit(), partner.currency()),
                CommissionResponse.from(partner.withdrawal(), partner.currency()),
                Amount.format(partner.secondApprovalMinor(), partner.currency()),
                partner.createdAt(),
                partner.version());
    }
}

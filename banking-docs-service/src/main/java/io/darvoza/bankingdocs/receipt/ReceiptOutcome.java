package io.darvoza.bankingdocs.receipt;

import io.darvoza.bankingdocs.contract.PartnerPapers;
import java.util.Locale;

/** What becomes of a payment's receipt. */
enum ReceiptOutcome {
    /** It is to be filed. */
    WANTED,
    FILED,
    FILED_ALREADY,
    UNKNOWN_CONTRACT,
    /** The contract is closed or archived. */
    CONTRACT_OVER,
    /** The partner may file nothing under this contract. */
    NO_GRANT;

    static ReceiptOutcome of(PartnerPapers.Admission admission) {
        return switch (admission) {
            case ADMITTED -> WANTED;
            case UNKNOWN_CONTRACT -> UNKNOWN_CONTRACT;
            case CONTRACT_OVER -> CONTRACT_OVER;
            case NO_GRANT -> NO_GRANT;
        };
    }

    /** As metrics name it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.darvoza.payments.ledger;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ledger's statements, for the test of plans. */
public final class LedgerSql {

    private LedgerSql() {}

    public static String statement() {
        return R2dbcLedger.STATEMENT;
    }

    /** What the check of what is new tells the planner. */
    public static String planning() {
        return RecentInvariants.BY_IDS;
    }

    /** The queries of the check of what is new, by code. */
    public static Map<String, String> recentChecks() {
        Map<String, String> all = new LinkedHashMap<>();
        RecentInvariants.ALL.forEach(invariant -> all.put(invariant.code(), invariant.violations()));
        all.put("I14", RecentInvariants.NUMBERS);
        all.put("mark", RecentInvariants.MOVE_SUMS);
        return all;
    }
}

package io.darvoza.payments.ledger;

/**
 * A rule that must hold for all money at any time.
 *
 * @param code {@code I1} to {@code I16} of the contract
 * @param rule what must hold
 * @param violations a query that counts where it does not, as one {@code bigint}
 */
record Invariant(String code, String rule, String violations) {}

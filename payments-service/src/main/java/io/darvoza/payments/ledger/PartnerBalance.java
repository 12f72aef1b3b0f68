package io.darvoza.payments.ledger;

/**
 * A partner's money, in minor units of the partner's currency.
 *
 * @param available what withdrawals may use
 * @param held what is reserved for open withdrawals
 * @param receivable what the partner owes
 */
public record PartnerBalance(long available, long held, long receivable) {}

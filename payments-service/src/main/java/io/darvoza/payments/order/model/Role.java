package io.darvoza.payments.order.model;

/** What somebody may do to an order. A person may have several. */
public enum Role {
    PARTNER,
    PAYER,
    OPERATOR,
    SUPERVISOR,
    COMPLIANCE,
    ADMIN,
    AUDITOR,
    SYSTEM
}

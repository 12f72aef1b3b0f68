package io.darvoza.bankingdocs.account;

import io.darvoza.common.security.Caller;

/** What somebody is to the bank («User_type» of the seed). */
public enum AccountType {
    CLIENT(1),
    WORKER(2),
    ADMIN(3);

    private final int id;

    AccountType(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    boolean isEmployee() {
        return this != CLIENT;
    }

    /** The highest that the realm roles give. */
    static AccountType of(Caller caller) {
        if (caller.has("bank_admin")) {
            return ADMIN;
        }
        return caller.hasAny("abs_worker", "dbo_operator", "sm_manager", "auditor") ? WORKER : CLIENT;
    }

    static AccountType ofId(int id) {
        return values()[id - 1];
    }
}

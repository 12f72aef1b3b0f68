package io.darvoza.bankingdocs.account;

import org.jspecify.annotations.Nullable;

/**
 * The caller's account.
 *
 * @param workerId present for employees, and then the same number
 */
record AccountResponse(
        long userId,
        @Nullable Long workerId,
        @Nullable String firstName,
        @Nullable String lastName) {

    static AccountResponse from(Account account) {
        return new AccountResponse(
                account.id(),
                account.type().isEmployee() ? account.id() : null,
                account.firstName(),
                account.lastName());
    }
}

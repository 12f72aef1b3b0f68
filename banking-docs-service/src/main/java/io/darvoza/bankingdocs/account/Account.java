package io.darvoza.bankingdocs.account;

import org.jspecify.annotations.Nullable;

/**
 * A person of the service.
 *
 * @param id the {@code user_id} of the API; an employee's is the {@code worker_id} as well
 * @param subject Keycloak's id
 */
public record Account(
        long id,
        String subject,
        AccountType type,
        @Nullable String firstName,
        @Nullable String lastName) {

    public boolean isClient() {
        return type == AccountType.CLIENT;
    }

    public boolean isEmployee() {
        return type.isEmployee();
    }
}

package io.darvoza.bankingdocs.account;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The accounts, by Keycloak's id and by number. */
public interface Accounts {

    /** The account of a subject; empty before the first authenticated request. */
    Mono<Account> ofSubject(String subject);

    /** The account with a number; empty when nobody has it. */
    Mono<Account> withId(long id);

    /**
     * Writes name and type of a subject's account and makes it, if need be, with the next number. Calls at the same time
     * give the same account.
     */
    Mono<Account> save(Profile profile);

    /** What an access token says of a person. */
    record Profile(
            String subject,
            AccountType type,
            @Nullable String firstName,
            @Nullable String lastName) {

        boolean matches(Account account) {
            return type == account.type()
                    && Objects.equals(firstName, account.firstName())
                    && Objects.equals(lastName, account.lastName());
        }
    }
}

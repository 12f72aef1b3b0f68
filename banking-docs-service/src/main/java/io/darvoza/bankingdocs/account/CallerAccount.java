package io.darvoza.bankingdocs.account;

import io.darvoza.common.security.Caller;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** The account of whoever calls; made at the first request, and kept to what the token says after a change in Keycloak. */
@Service
public final class CallerAccount {

    private final Accounts accounts;

    CallerAccount(Accounts accounts) {
        this.accounts = accounts;
    }

    public Mono<Account> of(Caller caller) {
        Accounts.Profile profile =
                new Accounts.Profile(caller.subject(), AccountType.of(caller), caller.givenName(), caller.familyName());
        return accounts.ofSubject(caller.subject())
                .filter(profile::matches)
                .switchIfEmpty(Mono.defer(() -> accounts.save(profile)));
    }
}

package io.darvoza.bankingdocs.account;

import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Accounts in memory, for tests of other features. */
public final class AccountFixtures {

    private final Map<String, Account> bySubject = new LinkedHashMap<>();

    public Accounts accounts() {
        return new Accounts() {
            @Override
            public Mono<Account> ofSubject(String subject) {
                return Mono.justOrEmpty(bySubject.get(subject));
            }

            @Override
            public Mono<Account> withId(long id) {
                return Mono.justOrEmpty(bySubject.values().stream()
                        .filter(account -> account.id() == id)
                        .findFirst());
            }

            @Override
            public Mono<Account> save(Profile profile) {
                return Mono.fromSupplier(() -> bySubject.compute(profile.subject(), AccountFixtures.this::saved));
            }
        };
    }

    private Account saved(String subject, Account before) {
        long id = before == null ? 1000 + bySubject.size() : before.id();
        return new Account(id, subject, AccountType.CLIENT, null, null);
    }

    public CallerAccount callerAccount() {
        return new CallerAccount(accounts());
    }

    public long idOf(String subject) {
        return bySubject.get(subject).id();
    }
}

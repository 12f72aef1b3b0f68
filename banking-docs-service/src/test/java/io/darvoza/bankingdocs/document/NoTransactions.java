package io.darvoza.bankingdocs.document;

import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import reactor.core.publisher.Mono;

/** Begins, commits and rolls back nothing. */
final class NoTransactions implements ReactiveTransactionManager {

    @Override
    public Mono<ReactiveTransaction> getReactiveTransaction(TransactionDefinition definition) {
        return Mono.just(new ReactiveTransaction() {});
    }

    @Override
    public Mono<Void> commit(ReactiveTransaction transaction) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> rollback(ReactiveTransaction transaction) {
        return Mono.empty();
    }
}

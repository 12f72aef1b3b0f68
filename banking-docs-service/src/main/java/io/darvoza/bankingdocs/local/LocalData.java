package io.darvoza.bankingdocs.local;

import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.reactive.Await;
import java.time.Duration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes the data of a local run when it is not there yet, before the first request: one of a demo user would get that user
 * another number. What a person changed since stays changed.
 */
@Component
@Profile("local")
final class LocalData implements SmartInitializingSingleton {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private final LocalPeople people;
    private final LocalDocuments documents;
    private final ObjectStore store;
    private final TransactionalOperator transaction;

    LocalData(LocalPeople people, LocalDocuments documents, ObjectStore store, TransactionalOperator transaction) {
        this.people = people;
        this.documents = documents;
        this.store = store;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Mono<Void> files =
                Flux.fromIterable(LocalDocuments.ALL).concatMap(this::store).then();
        Mono<Void> rows = people.write().then(documents.write());
        Await.within(files.then(transaction.transactional(rows)), BOUND);
    }

    private Mono<Void> store(LocalDocuments.Sample sample) {
        byte[] content = sample.content();
        Mono<Void> put = store.put(
                sample.key(),
                Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(content)),
                content.length,
                "application/pdf");
        return store.stat(sample.key()).hasElement().flatMap(there -> there ? Mono.empty() : put);
    }
}

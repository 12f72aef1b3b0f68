package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.BankingDocsInstance;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.objectstore.ObjectStoreAutoConfiguration;
import io.darvoza.common.objectstore.StoredObject;
import io.darvoza.common.reactive.Await;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What an instance has left in store and database, seen past it. */
final class Remains implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final BankingDocsInstance service;

    Remains(BankingDocsInstance service) {
        this.service = service;
        TestPropertyValues.of(service.bucket().properties()).applyTo(context);
        context.register(ObjectStoreAutoConfiguration.class);
        context.refresh();
    }

    /** Keys of all objects in the store. */
    List<String> objects() {
        return Await.within(
                context.getBean(ObjectStore.class)
                        .list("", null)
                        .map(StoredObject::key)
                        .collectList(),
                BOUND);
    }

    /** Keys of all contents that the database knows. */
    List<String> keys() {
        return query("select storage_key from document_version order by storage_key");
    }

    long count(String sql) {
        return service.database().number(sql);
    }

    List<String> query(String sql) {
        return service.database().query(sql);
    }

    @Override
    public void close() {
        context.close();
    }
}

package io.darvoza.common.outbox;

import io.darvoza.common.reactive.Await;
import io.darvoza.common.test.service.TinyService;
import org.springframework.boot.SpringApplication;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** A service that commits documents with their events, one transaction each, and runs until it is killed. */
final class OutboxWriterProcess {

    static final String TOPIC = "crash.v1";

    private OutboxWriterProcess() {}

    public static void main(String... documents) {
        var context = SpringApplication.run(TinyService.class);
        var database = context.getBean(DatabaseClient.class);
        var outbox = context.getBean(Outbox.class);
        var transaction = context.getBean(TransactionalOperator.class);
        for (String document : documents) {
            Await.within(write(database, outbox, document).as(transaction::transactional), OutboxFixtures.BOUND);
        }
        System.out.println("all written");
    }

    static Mono<Void> write(DatabaseClient database, Outbox outbox, String document) {
        return database.sql("INSERT INTO document (id) VALUES (:id)")
                .bind("id", document)
                .fetch()
                .rowsUpdated()
                .then(outbox.append(TOPIC, document, OutboxFixtures.event(document, 1)));
    }
}

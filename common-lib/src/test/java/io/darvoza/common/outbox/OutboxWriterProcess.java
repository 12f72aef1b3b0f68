package io.darvoza.common.outbox;

import io.darvoza.common.database.DatabaseAutoConfiguration;
import io.darvoza.common.event.EventAutoConfiguration;
import io.darvoza.common.id.IdAutoConfiguration;
import io.darvoza.common.reactive.Await;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** A service that commits documents with their events, one transaction each, and runs until it is killed. */
final class OutboxWriterProcess {

    static final String TOPIC = "crash.v1";

    /** An outbox with its relay and what they need, and nothing else: it starts in half the time of a whole service. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DatabaseAutoConfiguration.class,
        EventAutoConfiguration.class,
        IdAutoConfiguration.class,
        KafkaAutoConfiguration.class,
        OutboxAutoConfiguration.class,
        R2dbcAutoConfiguration.class,
        R2dbcTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class
    })
    static class Writer {}

    private OutboxWriterProcess() {}

    public static void main(String... documents) {
        var context = SpringApplication.run(Writer.class);
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

package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.bankingdocs.BankingDocsInstance;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.test.infrastructure.KafkaAccess;
import io.darvoza.common.test.infrastructure.RestartableServer;
import io.darvoza.common.test.infrastructure.TopicReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Two instances on the same data, and no broker. One stands at every failpoint at once and is killed there; what it was at has
 * happened once or not at all, the other one is asked for it again, and the broker, when it is back, is told each thing once. At
 * whatever step of an upload it dies: no row is without an object and, after the sweep, no object without a row.
 */
class OperationCrashIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Map<String, String> SETTINGS = Map.of(
            // A thread for each connection: who stands at a failpoint keeps no other transaction from going on.
            "darvoza.database.loops", "31",
            "darvoza.database.idle-in-transaction-timeout", "60s",
            "darvoza.banking-docs.upload.check-threads", "4",
            "darvoza.banking-docs.documents.sweep-every", "1s",
            "darvoza.banking-docs.documents.sweep-grace", "15s");
    private static final String BATCH = """
            [{"user_id": 123, "description": "Пачка 1", "callcopy_id": 3},
             {"user_id": 123, "description": "Пачка 2", "callcopy_id": 3}]""";

    private Api doomed;
    private Api survivor;

    @Test
    void whatAKilledInstanceWasAtHappensOnceOrNotAtAll() {
        try (RestartableServer<KafkaAccess> broker = RestartableServer.kafka();
                var first = new BankingDocsInstance();
                var second = new BankingDocsInstance(first);
                var remains = new Remains(second);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, String> settings = new HashMap<>(SETTINGS);
            settings.putAll(broker.access().properties());
            first.start(
                    "documents.status.before-commit,links.create.before-commit,"
                            + "upload.after-spool,upload.after-store,upload.after-commit",
                    settings);
            second.startHere(settings);
            doomed = new Api(first.port());
            survivor = new Api(second.port());
            String decided = survivor.document(Api.CLIENT);
            String linked = survivor.document(Api.CLIENT);
            String contract = contract();
            Map<String, byte[]> files = new LinkedHashMap<>();
            files.put("1.pdf", FileFixtures.pdfOfSize(400, 71));
            files.put("2.pdf", FileFixtures.pdfOfSize(400, 72));
            broker.stop();

            threads.submit(() -> decide(doomed, decided));
            first.process().awaitFailpoint(BOUND, "documents.status.before-commit");
            threads.submit(() -> link(doomed, contract, linked));
            first.process().awaitFailpoint(BOUND, "links.create.before-commit");
            threads.submit(() -> upload(73));
            first.process().awaitFailpoint(BOUND, "upload.after-spool");
            assertThat(first.spooled()).hasSize(1);
            assertThat(remains.objects()).isEqualTo(remains.keys());
            threads.submit(() -> upload(74));
            first.process().awaitFailpoint(BOUND, "upload.after-store");
            assertThat(remains.objects()).hasSize(remains.keys().size() + 1).containsAll(remains.keys());
            // The last one: who stands behind a commit may hold up the pool of connections.
            threads.submit(() -> doomed.batch(Api.OPERATOR, "batch", BATCH, files));
            first.process().awaitFailpoint(BOUND, "upload.after-commit");
            first.process().kill();

            assertThat(remains.query("select id from document where description = 'Одиночный'"))
                    .as("uploads that came to the spool, or to the store, and no further")
                    .isEmpty();
            List<String> committed = remains.query("select id from document where description = 'Пачка 1'");
            assertThat(committed).hasSize(1);
            // It had not committed: nobody has decided or linked anything.
            decide(survivor, decided).expectStatus().isOk().expectHeader().doesNotExist("Idempotency-Hit");
            link(survivor, contract, linked)
                    .expectStatus()
                    .isCreated()
                    .expectHeader()
                    .doesNotExist("Idempotency-Hit");
            // It had taken the first of two, whose answer is there.
            survivor.batch(Api.OPERATOR, "batch", BATCH, files)
                    .expectStatus()
                    .isCreated()
                    .expectHeader()
                    .doesNotExist("Idempotency-Hit")
                    .expectBody()
                    .jsonPath("$.processed_count")
                    .isEqualTo(2);

            assertThat(remains.query("select description from document where description like 'Пачка%' order by 1"))
                    .containsExactly("Пачка 1", "Пачка 2");
            assertThat(remains.count("select count(*) from stat where from_status_id is not null and id >= 1000"))
                    .isOne();
            assertThat(remains.count("select count(*) from outbox_event where status = 'sent' and subject = '" + decided
                            + "' and type like '%status-changed%'"))
                    .isZero();
            survivor.get(Api.CLIENT, "/v1/abs/documents/{id}/content", committed.getFirst())
                    .expectStatus()
                    .isOk();
            broker.start();
            await().atMost(BOUND)
                    .until(() -> remains.count("select count(*) from outbox_event where status <> 'sent'") == 0);
            assertThat(told(broker.access(), decided, 2)).containsExactly("uploaded 1", "status-changed 2");
            assertThat(told(broker.access(), linked, 2)).containsExactly("uploaded 1", "linked 1");
            assertThat(told(broker.access(), committed.getFirst(), 1)).containsExactly("uploaded 1");
            await().atMost(BOUND)
                    .untilAsserted(() -> assertThat(remains.objects()).isEqualTo(remains.keys()));

            assertThat(first.spooled()).isNotEmpty();
            first.startHere(settings);
            assertThat(first.spooled()).as("emptied at the next start").isEmpty();
        }
    }

    private WebTestClient.ResponseSpec upload(long seed) {
        return doomed.upload(
                Api.CLIENT,
                "{\"description\": \"Одиночный\", \"callcopy_id\": 1}",
                "scan.pdf",
                FileFixtures.pdfOfSize(400, seed));
    }

    private static WebTestClient.ResponseSpec decide(Api api, String id) {
        return api.decide(Api.WORKER, id, "approved", "Idempotency-Key", "decide");
    }

    private static WebTestClient.ResponseSpec link(Api api, String contract, String document) {
        return api.json(
                Api.CLIENT,
                HttpMethod.POST,
                contract + "/link",
                "{\"document_id\": " + document + "}",
                "Idempotency-Key",
                "link");
    }

    private String contract() {
        return survivor.json(
                        Api.MANAGER,
                        HttpMethod.POST,
                        "/v1/sm/contracts",
                        "{\"user_id\": 123, \"description\": \"Контракт\"}")
                .expectStatus()
                .isCreated()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst(HttpHeaders.LOCATION);
    }

    /** The events of a document in the order of the topic, a repeated delivery once. */
    private static List<String> told(KafkaAccess broker, String id, int events) {
        try (TopicReader topic = new TopicReader(broker, DocumentEvents.TOPIC)) {
            Map<String, String> told = new LinkedHashMap<>();
            topic
                    .until(
                            BOUND,
                            seen -> seen.stream()
                                            .filter(record -> id.equals(record.key()))
                                            .count()
                                    >= events)
                    .stream()
                    .filter(record -> id.equals(record.key()))
                    .forEach(record -> told.putIfAbsent(
                            header(record, "ce_id"),
                            header(record, "ce_type").replaceAll("banking-docs.document.(.*).v1", "$1") + " "
                                    + header(record, "ce_aggregateversion")));
            return new ArrayList<>(told.values());
        }
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}

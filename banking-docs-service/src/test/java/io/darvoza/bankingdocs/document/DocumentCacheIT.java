package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.test.infrastructure.Infrastructure;
import io.darvoza.common.test.infrastructure.RedisAccess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** A kept document never outlives a change, and a Redis that hangs holds nobody up. */
@RealService
class DocumentCacheIT {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @LocalServerPort
    int port;

    @Autowired
    MeterRegistry meters;

    @Autowired
    DatabaseClient database;

    @Autowired
    DocumentReadModel reading;

    @Autowired
    TransactionalOperator transaction;

    private Api api;
    private String id;

    @BeforeEach
    void upload() {
        api = new Api(port);
        id = api.document(Api.CLIENT);
    }

    @Test
    void whatWasReadIsReadAgainFromTheCacheByThoseWhoMayReadIt() {
        warm();
        double hits = hits("documents");

        assertThat(read()).containsEntry("status", "pending");
        api.get(Api.CLIENT2, "/v1/abs/documents/" + id).expectStatus().isNotFound();

        assertThat(hits("documents")).isEqualTo(hits + 2);
    }

    @Test
    void everyChangeIsSeenAtOnce() {
        warm();
        describe("Другой");
        assertThat(read()).containsEntry("description", "Другой");
        warm();
        api.json(Api.ADMIN, HttpMethod.PUT, "/v1/abs/documents/" + id + "/hold", "{\"reason\": \"Проверка\"}")
                .expectStatus()
                .is2xxSuccessful();
        assertThat(read()).containsEntry("legal_hold", true);
        warm();
        api.delete(Api.ADMIN, "/v1/abs/documents/" + id + "/hold")
                .expectStatus()
                .is2xxSuccessful();
        assertThat(read()).containsEntry("legal_hold", false);
        warm();
        api.decide(Api.WORKER, id, "rejected").expectStatus().isOk();
        assertThat(read()).containsEntry("status", "rejected");
        warm();
        api.version(Api.CLIENT, id, FileFixtures.pdfOfSize(500, id.hashCode()))
                .expectStatus()
                .isCreated();
        assertThat(read()).containsEntry("version", 2).containsEntry("status", "pending");
        warm();
        api.delete(Api.CLIENT, "/v1/dbo/documents/" + id).expectStatus().isOk();
        api.get(Api.CLIENT, "/v1/abs/documents/" + id).expectStatus().isNotFound();
    }

    @Test
    void whileManyReadNobodySeesAnOlderAnswerThanTheLastChange() throws Exception {
        var running = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> {
                    int seen = 0;
                    while (running.get()) {
                        int now = number(read());
                        assertThat(now).isGreaterThanOrEqualTo(seen);
                        seen = now;
                    }
                }));
            }
            try {
                for (int i = 1; i <= 40; i++) {
                    describe(Integer.toString(i));
                    assertThat(number(read())).isEqualTo(i);
                }
            } finally {
                running.set(false);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    /** A transaction reads what it has written itself, and is rolled back; another one writes the same version differently. */
    @Test
    void whatWasNeverCommittedIsNeverRead() {
        warm();
        long number = Long.parseLong(id);
        transaction
                .execute(status -> {
                    status.setRollbackOnly();
                    // Twice, so that the second one might find what the first one kept.
                    return write("Никогда", 2).then(reading.one(number)).then(reading.one(number));
                })
                .doOnNext(view -> assertThat(view.description()).isEqualTo("Никогда"))
                .blockLast();

        write("На самом деле", 2).block();

        assertThat(read()).containsEntry("description", "На самом деле");
    }

    /** Both versions have the same writer. */
    @Test
    void whatATransactionReadsBetweenItsWritesIsNotTakenForTheLastOne() {
        warm();
        long number = Long.parseLong(id);
        transaction
                .transactional(write("Сначала", 2).then(reading.one(number)).then(write("Потом", 3)))
                .block();

        assertThat(read()).containsEntry("description", "Потом");
    }

    @Test
    void aDictionaryIsKeptToo() {
        await().atMost(BOUND).until(() -> {
            double before = hits("dictionaries");
            api.get(Api.CLIENT, "/v1/dbo/dictionaries/categories")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.entries[?(@.id == 3)].word")
                    .isEqualTo("Справки");
            return hits("dictionaries") > before;
        });
    }

    @Test
    void aRedisThatHangsHoldsNobodyUp() {
        warm();
        RedisAccess access = Infrastructure.current().redis();
        try (RedisClient redis = RedisClient.create(RedisURI.builder()
                .withHost(access.host())
                .withPort(access.port())
                .withPassword(access.password().toCharArray())
                .build())) {
            redis.connect().sync().clientPause(1500);

            long begin = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                describe(Integer.toString(i));
                assertThat(number(read())).isEqualTo(i);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }

    /** Reads until the answer comes from the cache. */
    private void warm() {
        await().atMost(BOUND).until(() -> {
            double before = hits("documents");
            read();
            return hits("documents") > before;
        });
    }

    private double hits(String cache) {
        return meters.counter("darvoza.cache", "cache", cache, "result", "hit").count();
    }

    private Map<String, Object> read() {
        return api.get(Api.CLIENT, "/v1/abs/documents/" + id)
                .expectStatus()
                .isOk()
                .expectBody(Api.OBJECT)
                .returnResult()
                .getResponseBody();
    }

    private static int number(Map<String, Object> document) {
        String words = document.get("description").toString();
        return words.matches("[0-9]+") ? Integer.parseInt(words) : 0;
    }

    private void describe(String words) {
        api.json(Api.CLIENT, HttpMethod.PATCH, "/v1/dbo/documents/" + id, "{\"description\": \"" + words + "\"}")
                .expectStatus()
                .isOk();
    }

    private Mono<Long> write(String words, int version) {
        return database.sql("update document set description = :words, row_version = :version where id = " + id)
                .bind("words", words)
                .bind("version", version)
                .fetch()
                .rowsUpdated();
    }
}

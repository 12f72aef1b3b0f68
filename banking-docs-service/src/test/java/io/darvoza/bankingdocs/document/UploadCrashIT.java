package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.ChildService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.objectstore.ObjectStoreAutoConfiguration;
import io.darvoza.common.objectstore.StoredObject;
import io.darvoza.common.reactive.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * {@code kill -9} at every step of an upload. Whenever it happens: no row without an object, and after the sweep no object
 * without a row.
 */
class UploadCrashIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Map<String, String> SWEEP_AT_ONCE = Map.of(
            "darvoza.banking-docs.documents.sweep-every", "1s",
            "darvoza.banking-docs.documents.sweep-grace", "0s");
    private static final String METADATA = "{\"description\": \"Договор\", \"callcopy_id\": 1}";

    @Test
    void aDeathBeforeTheStoreLeavesNothing() {
        killedAt("upload.after-spool", service -> {
            assertThat(spooled(service)).isNotEmpty();
            assertThat(objects(service)).isEqualTo(keys(service));

            service.start(null, SWEEP_AT_ONCE);
            assertThat(spooled(service)).isEmpty();
            assertThat(uploadedRows(service)).isZero();
        });
    }

    @Test
    void aDeathBetweenStoreAndCommitLeavesAnObjectThatTheSweepRemoves() {
        killedAt("upload.after-store", service -> {
            assertThat(objects(service)).hasSize(keys(service).size() + 1).containsAll(keys(service));

            service.start(null, SWEEP_AT_ONCE);
            Awaitility.await()
                    .atMost(BOUND)
                    .untilAsserted(() -> assertThat(objects(service)).isEqualTo(keys(service)));
            assertThat(uploadedRows(service)).isZero();
        });
    }

    @Test
    void aDeathAfterTheCommitLosesNothing() {
        killedAt("upload.after-commit", service -> {
            assertThat(uploadedRows(service)).isOne();

            service.start(null, SWEEP_AT_ONCE);
            Awaitility.await()
                    .atMost(BOUND)
                    .until(() -> count(service, "select count(*) from outbox_event where status = 'sent'") == 2);
            assertThat(objects(service)).isEqualTo(keys(service));
            new Api(service.port())
                    .get(Api.CLIENT, "/v1/abs/documents/1000/content")
                    .expectStatus()
                    .isOk();
        });
    }

    private interface Aftermath {
        void of(ChildService service);
    }

    private static void killedAt(String failpoint, Aftermath aftermath) {
        try (ChildService service = new ChildService()) {
            service.start(failpoint, Map.of());
            try (RawRequest upload = new RawRequest(service.port())) {
                byte[] body = FileFixtures.join(RawRequest.opening(METADATA), FileFixtures.pdf(), RawRequest.ending());
                upload.head(Api.CLIENT, body.length).write(body);
                service.process().awaitFailpoint(BOUND);
                service.process().kill();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            aftermath.of(service);
        }
    }

    private static List<String> objects(ChildService service) {
        List<String> keys = new ArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ObjectStoreAutoConfiguration.class))
                .withPropertyValues(service.bucket().properties().entrySet().stream()
                        .map(Map.Entry::toString)
                        .toArray(String[]::new))
                .run(started -> keys.addAll(Await.within(
                        started.getBean(ObjectStore.class)
                                .list("", null)
                                .map(StoredObject::key)
                                .collectList(),
                        BOUND)));
        return keys;
    }

    private static List<String> keys(ChildService service) {
        return query(service, "select storage_key from document_version order by storage_key");
    }

    private static long uploadedRows(ChildService service) {
        return count(service, "select count(*) from document where id >= 1000");
    }

    private static long count(ChildService service, String sql) {
        return Long.parseLong(query(service, sql).getFirst());
    }

    private static List<String> query(ChildService service, String sql) {
        try (Connection connection = service.database().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static List<Path> spooled(ChildService service) {
        try (Stream<Path> files = Files.list(service.spool())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

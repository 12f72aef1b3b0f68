package io.darvoza.bankingdocs.document;

import static io.darvoza.bankingdocs.document.Remains.count;
import static io.darvoza.bankingdocs.document.Remains.keys;
import static io.darvoza.bankingdocs.document.Remains.objects;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.ChildService;
import io.darvoza.bankingdocs.upload.FileFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

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

    private static long uploadedRows(ChildService service) {
        return count(service, "select count(*) from document where id >= 1000");
    }

    private static List<Path> spooled(ChildService service) {
        try (Stream<Path> files = Files.list(service.spool())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

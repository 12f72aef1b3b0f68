package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.darvoza.bankingdocs.BankingDocsInstance;
import io.darvoza.bankingdocs.document.StoreDoor.Manner;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.test.infrastructure.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The object store is slow, breaks off or hangs in the middle of an upload, is away, and comes back. */
class StoreOutageIT {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Map<String, String> SHORT = Map.of(
            "darvoza.objectstore.idle-timeout", "1s",
            "darvoza.objectstore.attempt-timeout", "3s",
            "darvoza.objectstore.call-timeout", "5s",
            "darvoza.banking-docs.documents.sweep-every", "1s",
            "darvoza.banking-docs.documents.sweep-grace", "3s");

    private Api api;
    private int seed = 500;

    @Test
    void whatWasNotStoredWholeIsRefusedAndLeavesNothing() throws IOException {
        try (StoreDoor door = new StoreDoor(Infrastructure.current().s3().endpoint());
                var service = new BankingDocsInstance();
                var remains = new Remains(service)) {
            var settings = new HashMap<>(SHORT);
            settings.put("darvoza.objectstore.endpoint", door.uri());
            service.startHere(settings);
            api = new Api(service.port());

            for (Manner manner : Manner.values()) {
                door.is(manner);
                boolean stored = manner == Manner.OPEN || manner == Manner.SLOW;
                long begin = System.nanoTime();
                upload().expectStatus().isEqualTo(stored ? HttpStatus.CREATED : HttpStatus.SERVICE_UNAVAILABLE);
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .as("answer of a service whose store is %s", manner)
                        .isLessThan(Duration.ofSeconds(10));
            }
            door.is(Manner.OPEN);
            upload().expectStatus().isCreated();

            assertThat(remains.count("select count(*) from document where id >= 1000"))
                    .isEqualTo(3);
            await().atMost(BOUND)
                    .untilAsserted(() -> assertThat(remains.objects()).isEqualTo(remains.keys()));
        }
    }

    private WebTestClient.ResponseSpec upload() {
        return api.upload(
                Api.CLIENT,
                "{\"description\": \"Договор\", \"callcopy_id\": 1}",
                "scan.pdf",
                FileFixtures.pdfOfSize(1_000_000, seed++));
    }
}

package io.darvoza.payments.order;

import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.test.event.EventSchemas;
import io.darvoza.payments.PartnerHttp.Reply;
import io.darvoza.payments.RealService;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** An order on hold goes on when its document is approved. */
@RealService
class SupportingDocumentsIT {

    @Autowired
    ApplicationContext service;

    @Autowired
    DocumentStatusListener listener;

    @LocalServerPort
    int port;

    private OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(service, port);
    }

    @AfterEach
    void close() {
        world.assertBalanced();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"banking-docs.document.uploaded.v1", "banking-docs.document.status-changed.v1"})
    void whatIsReadOfADocumentIsPromised(String type) {
        EventSchemas.checkReader(type, DocumentStatusV1.class);
    }

    /** Approved, it goes on to be processed and archived, and is no less good for that. */
    @ParameterizedTest
    @CsvSource({"approved, 5101", "processed, 5102", "archived, 5103"})
    void aDocumentThatWasFoundGoodIsNotWaitedFor(String status, long document) {
        listener.on(event(document, status, 4));
        String uid = world.created("deposit", "204." + (10 + document % 100))
                .get("uid")
                .asString();
        world.confirmed(uid);
        long version = world.claimed(OPERATOR, uid);

        Reply refused =
                world.ops(OPERATOR, uid, "hold", version, "{\"supporting_document_id\":\"%d\"}".formatted(document));

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    }

    @Test
    void anApprovedDocumentSendsItsOrderBackToTheQueueOnce() {
        String uid = held("201.00", 5_001);
        SuiteEvent approved = event(5_001, "approved", 2);
        listener.on(approved);
        listener.on(approved);

        assertThat(world.feedOf(uid)).containsExactly("created", "processing", "claimed", "held", "released");
        assertThat(world.eventsOf(uid)).endsWith("payments.payment.released.v1");
    }

    @Test
    void aRejectedDocumentIsFlaggedAndTheOrderWaitsOn() {
        String uid = held("202.00", 5_002);
        listener.on(event(5_002, "rejected", 2));

        assertThat(world.feedOf(uid)).endsWith("held");
        assertThat(world.number("select count(*) from payment_order where document_rejected_at is not null and uid = '"
                        + uid + "'"))
                .isOne();
    }

    @Test
    void whatIsOlderThanWhatWasSeenChangesNothing() {
        String uid = held("203.00", 5_003);
        listener.on(event(5_003, "rejected", 5));
        listener.on(event(5_003, "approved", 4));

        assertThat(world.feedOf(uid)).endsWith("held");
    }

    private String held(String amount, long document) {
        String uid = world.created("deposit", amount).get("uid").asString();
        world.confirmed(uid);
        long version = world.claimed(OPERATOR, uid);
        Reply held =
                world.ops(OPERATOR, uid, "hold", version, "{\"supporting_document_id\":\"%d\"}".formatted(document));
        assertThat(held.status()).as(held.text()).isEqualTo(200);
        return uid;
    }

    private static SuiteEvent event(long document, String status, long version) {
        return new SuiteEvent(
                UUID.randomUUID(),
                "banking-docs.document.status-changed.v1",
                "/banking-docs-service",
                Instant.now(),
                Long.toString(document),
                version,
                EventOwner.user("somebody"),
                null,
                "{\"document_id\":%d,\"status\":\"%s\",\"category_id\":2}".formatted(document, status));
    }
}

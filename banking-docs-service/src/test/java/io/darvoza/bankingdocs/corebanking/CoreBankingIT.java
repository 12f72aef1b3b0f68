package io.darvoza.bankingdocs.corebanking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.document.Api;
import io.darvoza.bankingdocs.upload.FileFixtures;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.test.event.EventSchemas;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.support.converter.ConversionException;
import org.springframework.r2dbc.core.DatabaseClient;

/** The АБС answers once, twice, late, out of order and nonsense. */
@RealService
class CoreBankingIT {

    @LocalServerPort
    int port;

    @Autowired
    CoreBankingListener listener;

    @Autowired
    DatabaseClient database;

    private Api api;
    private String id;

    @BeforeEach
    void upload() {
        api = new Api(port);
        id = api.document(Api.CLIENT);
    }

    @Test
    void theContractsAreTheCommittedOnes() {
        EventSchemas.check(AbsDocumentSubmittedV1.TYPE, AbsDocumentSubmittedV1.class);
        EventSchemas.check(AbsDocumentStatusV1.TYPE, AbsDocumentStatusV1.class);
    }

    @Test
    void everyUploadIsAnnounced() {
        assertThat(strings("""
                        select (payload::jsonb ->> 'version') || ' ' || owner_kind from outbox_event
                        where topic = 'abs.document.submitted.v1' and subject = :id
                        """)).containsExactly("1 client");
    }

    @Test
    void anAnswerCountsOnce() {
        SuiteEvent approved = answer(1, 1, "approved");
        listener.on(approved);
        listener.on(approved);
        listener.on(answer(2, 1, "approved"));

        assertThat(history()).containsExactly("pending", "approved");
        assertThat(strings("select actor from stat where document_id = :id::bigint and from_status_id is not null"))
                .containsExactly("core-banking");
    }

    @Test
    void whatComesOutOfOrderEndsInTheSameStatus() {
        listener.on(answer(2, 1, "processed"));
        listener.on(answer(1, 1, "approved"));

        assertThat(history()).containsExactly("pending", "approved", "processed");
    }

    @Test
    void anAnswerThatComesLateChangesNothing() {
        api.decide(Api.WORKER, id, "rejected").expectStatus().isOk();
        listener.on(answer(1, 1, "approved"));
        assertThat(history()).containsExactly("pending", "rejected");

        api.version(Api.CLIENT, id, FileFixtures.pdfOfSize(400, id.hashCode()))
                .expectStatus()
                .isCreated();
        listener.on(answer(2, 1, "approved"));
        assertThat(history()).containsExactly("pending", "rejected", "pending");
        listener.on(answer(3, 2, "approved"));
        assertThat(history()).containsExactly("pending", "rejected", "pending", "approved");
    }

    @Test
    void anAnswerAboutNobodysDocumentChangesNothing() {
        String own = id;
        id = "9223372036854775807";
        listener.on(answer(1, 1, "approved"));
        id = own;

        assertThat(history()).containsExactly("pending");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{not json",
                "[]",
                "{\"document_id\": 1, \"version\": 1, \"status\": \"eaten\"}",
                "{\"document_id\": 1, \"version\": 1, \"status\": \"archived\"}",
                "{\"document_id\": \"x\", \"version\": 1, \"status\": \"approved\"}",
                "{\"document_id\": 1, \"version\": 1, \"status\": \"approved\", \"reason\": \"\\u0000\"}"
            })
    void nonsenseGoesToTheDeadLetters(String body) {
        SuiteEvent nonsense = event(1, body);

        assertThatExceptionOfType(ConversionException.class).isThrownBy(() -> listener.on(nonsense));
    }

    private SuiteEvent answer(long number, int version, String status) {
        return event(
                number, "{\"document_id\": %s, \"version\": %d, \"status\": \"%s\"}".formatted(id, version, status));
    }

    private SuiteEvent event(long number, String body) {
        return new SuiteEvent(
                UUID.randomUUID(),
                AbsDocumentStatusV1.TYPE,
                "/abs",
                Instant.now(),
                id,
                number,
                EventOwner.client("abs"),
                null,
                body);
    }

    private List<String> history() {
        return strings("""
                select o.status from stat s join operation o on o.id = s.operation_status_id
                where s.document_id = :id::bigint order by s.id
                """);
    }

    private List<String> strings(String sql) {
        return database.sql(sql)
                .bind("id", id)
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
    }
}

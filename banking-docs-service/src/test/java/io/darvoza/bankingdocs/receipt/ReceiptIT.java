package io.darvoza.bankingdocs.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.document.Api;
import io.darvoza.common.event.EventOwner;
import io.darvoza.common.event.SuiteEvent;
import io.darvoza.common.objectstore.ObjectStore;
import io.darvoza.common.test.event.EventSchemas;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;

/** An approved payment for a contract leaves a receipt under it. */
@RealService
class ReceiptIT {

    @LocalServerPort
    int port;

    @Autowired
    ApprovedPaymentListener listener;

    @Autowired
    DatabaseClient database;

    @Autowired
    ObjectStore store;

    private final String payment = UUID.randomUUID().toString();
    private Api api;
    private String contract;

    @BeforeEach
    void open() {
        api = new Api(port);
        contract = contract();
    }

    @Test
    void whatIsReadOfAPaymentIsPromised() {
        EventSchemas.checkReader(PaymentApprovedV1.TYPE, PaymentApprovedV1.class);
    }

    @Test
    void thePaymentsReceiptLiesUnderTheContractOnce() throws IOException {
        grant();
        SuiteEvent approved = approved(number(contract), "order-42 ✓");
        listener.on(approved);
        listener.on(approved);
        // The same payment under another id, as when a topic is read again after the inbox has forgotten it.
        listener.on(approved(number(contract), "order-42 ✓"));

        List<String> documents = documents();
        assertThat(documents).hasSize(1);
        String id = documents.getFirst();
        api.get(Api.CLIENT, "/v1/abs/documents/" + id)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("approved")
                .jsonPath("$.category")
                .isEqualTo("Финансы")
                .jsonPath("$.description")
                .isEqualTo("Квитанция о платеже 1499.50 RUB")
                .jsonPath("$.page_count")
                .isEqualTo(1);
        api.get(Api.CLIENT, "/v1/abs/documents/" + id + "/history")
                .expectBody()
                .jsonPath("$.history[*].by")
                .isEqualTo(List.of("payments", "payments"));
        assertThat(text(id))
                .contains("Квитанция об исполненном платеже", payment, "1499.50 RUB", "№ " + number(contract))
                .contains("order-42 ?", "пополнение", "21.11.2026 10:00:00 UTC");
        assertThat(eventsOf(id))
                .containsExactly(
                        "banking-docs.document.uploaded.v1 1",
                        "abs.document.submitted.v1 1",
                        "banking-docs.document.status-changed.v1 2",
                        "banking-docs.document.linked.v1 2");
    }

    @Test
    void withoutAGrantThereIsNoReceiptAndWithOneTheNextPaymentHasIt() {
        long before = objects();
        listener.on(approved(number(contract), null));
        assertThat(documents()).isEmpty();

        grant();
        api.delete(Api.MANAGER, contract + "/grants/partner").expectStatus().isNoContent();
        listener.on(approved(number(contract), null));
        assertThat(documents()).isEmpty();
        assertThat(objects()).isEqualTo(before);

        grant();
        listener.on(approved(number(contract), null));
        assertThat(documents()).hasSize(1);
    }

    @Test
    void aClosedContractTakesNoReceipt() {
        grant();
        for (String status : new String[] {"active", "closed"}) {
            api.json(Api.MANAGER, HttpMethod.PUT, contract + "/status", "{\"status\": \"" + status + "\"}")
                    .expectStatus()
                    .isOk();
        }

        listener.on(approved(number(contract), null));

        assertThat(documents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "0", "-1", "CT-7", "99999999999999999999", "１２"})
    void aContractThatIsNoneOfOursIsNobodysConcern(String reference) {
        long before = objects();

        listener.on(approved(reference, null));

        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void otherEventsAndOtherReferencesAreNotRead() {
        grant();
        long before = objects();

        listener.on(event("payments.payment.created.v1", body("contract", number(contract), null)));
        listener.on(event(PaymentApprovedV1.TYPE, body("state_order", number(contract), null)));
        listener.on(event("payments.payment.failed.v1", "{not json"));

        assertThat(objects()).isEqualTo(before);
        assertThat(documents()).isEmpty();
    }

    @Test
    void aReceiptIsNotTakenBack() {
        grant();
        listener.on(approved(number(contract), null));

        api.delete(Api.CLIENT, "/v1/dbo/documents/" + documents().getFirst())
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT);
    }

    private String contract() {
        return api.json(
                        Api.MANAGER,
                        HttpMethod.POST,
                        "/v1/sm/contracts",
                        "{\"user_id\": 123, \"description\": \"Заём\"}")
                .expectStatus()
                .isCreated()
                .returnResult(Void.class)
                .getResponseHeaders()
                .getFirst(HttpHeaders.LOCATION);
    }

    private static String number(String contract) {
        return contract.substring(contract.lastIndexOf('/') + 1);
    }

    private void grant() {
        api.json(Api.MANAGER, HttpMethod.PUT, contract + "/grants/partner", "")
                .expectStatus()
                .isOk();
    }

    private SuiteEvent approved(String reference, String externalId) {
        return event(PaymentApprovedV1.TYPE, body("contract", reference, externalId));
    }

    private String body(String referenceType, String reference, String externalId) {
        return """
                {"uid": "%s", "partner": "partner", %s "type": "deposit", "status": "approved", "performed": true,
                 "amount": "1500.00", "actual_amount": "1499.50", "fee": "37.50", "currency": "RUB",
                 "reference_type": "%s", "reference_id": "%s", "performed_at": "2026-11-21T10:00:00Z", "version": 4}""".formatted(
                        payment,
                        externalId == null ? "" : "\"external_id\": \"" + externalId + "\",",
                        referenceType,
                        reference);
    }

    private SuiteEvent event(String type, String body) {
        return new SuiteEvent(
                UUID.randomUUID(),
                type,
                "/payments-service",
                Instant.now(),
                payment,
                4,
                EventOwner.partner("partner"),
                null,
                body);
    }

    private String text(String id) throws IOException {
        byte[] content = api.get(Api.CLIENT, "/v1/abs/documents/" + id + "/content")
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        try (PDDocument pdf = Loader.loadPDF(content)) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    private List<String> documents() {
        return strings("select document_id::text from contract_document where contract_id = " + number(contract));
    }

    private List<String> eventsOf(String id) {
        return strings("select type || ' ' || aggregate_version from outbox_event where subject = '" + id
                + "' order by outbox_event.id");
    }

    private long objects() {
        return store.list("documents/", null).count().block();
    }

    private List<String> strings(String sql) {
        return database.sql(sql).mapValue(String.class).all().collectList().block();
    }
}

package io.darvoza.payments.page.desk;

import static io.darvoza.payments.order.OrderWorld.ADMIN;
import static io.darvoza.payments.order.OrderWorld.ADMIN2;
import static io.darvoza.payments.order.OrderWorld.COMPLIANCE;
import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.ui.PlainBrowser;
import io.darvoza.payments.RealService;
import io.darvoza.payments.order.OrderWorld;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The pages of cards, partners and settings, as a browser without scripts sees them. */
@RealService
class AdministrationPagesIT {

    @Autowired
    ApplicationContext service;

    @LocalServerPort
    int port;

    private OrderWorld world;

    @BeforeEach
    void open() {
        world = new OrderWorld(service, port);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aNewPartnersKeyIsShownOnce() {
        String client = "client-" + UUID.randomUUID();

        PlainBrowser.Page told = desk(ADMIN)
                .sends(
                        "/payments/partners",
                        "client_id",
                        client,
                        "currency",
                        "RUB",
                        "name",
                        "New partner",
                        "status",
                        "active",
                        "deposit/bps:number",
                        "300",
                        "deposit/max:amount",
                        "1 000,00");

        assertThat(told.status()).as(told.html()).isEqualTo(200);
        assertThat(told.html())
                .contains("shown once", "New partner")
                .containsPattern("<code class=\"secret\">[0-9a-f]{64}</code>");
        assertThat(told.headers().getCacheControl()).contains("no-store");
        assertThat(desk(ADMIN).opens("/payments/partners").html()).doesNotContain("class=\"secret\"");
        PlainBrowser.Page again =
                desk(ADMIN).sends("/payments/partners", "client_id", client, "currency", "RUB", "name", "Kept name");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.html()).contains("value=\"Kept name\"");
        String id = partner(client);
        assertThat(desk(ADMIN).opens("/payments/partners/" + id).html()).contains("value=\"300\"", "value=\"1000.00\"");
    }

    @Test
    void termsAndLimitsOfAPartnerChangeAndTransfersWaitForAnotherAdministrator() {
        String page = "/payments/partners/" + world.partner;
        PlainBrowser.Page before = desk(ADMIN).opens(page);

        assertThat(desk(ADMIN)
                        .sends(
                                page,
                                "command",
                                "change",
                                "version",
                                before.version(),
                                "name",
                                "Changed name",
                                "status",
                                "active")
                        .location())
                .isEqualTo(page + "?done=partner-change");
        PlainBrowser.Page stale =
                desk(ADMIN).sends(page, "command", "change", "version", before.version(), "name", "Stale name");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.html()).contains("value=\"Stale name\"", "<h1>Changed name</h1>");

        desk(ADMIN).sends(page, "command", "limits", "pan-false/day:amount", "99999,99");
        assertThat(desk(SUPERVISOR).opens(page).html())
                .contains("value=\"99999.99\"")
                .doesNotContain("value=\"limits\"");
        desk(ADMIN).sends(page, "command", "limits");

        long had = world.available();
        desk(ADMIN).sends(page, "command", "prefund", "amount:amount", "77,00", "comment", "by wire 77");
        assertThat(desk(ADMIN).opens("/payments/second").html()).contains("by wire 77");
        String decision = world.get(ADMIN2, "/v1/payments/ops/second-approvals")
                .json()
                .get("items")
                .valueStream()
                .filter(item -> item.path("note").asString("").equals("by wire 77"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
        desk(ADMIN2).sends("/payments/second", "command", "approve", "decision", decision);
        assertThat(world.available()).isEqualTo(had + 7_700);
    }

    @Test
    void aCardIsTakenIntoServiceStoppedAndSentOnVacation() {
        String pan = OrderWorld.pan();
        PlainBrowser.Page refused = desk(ADMIN)
                .sends(
                        "/payments/cards",
                        "card_number",
                        pan,
                        "currency",
                        "RUB",
                        "direction",
                        "in",
                        "bank",
                        "Kept bank",
                        "holder",
                        "EXAMPLE");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html())
                .contains("value=\"Kept bank\"", "href=\"#card-expiry\"")
                .doesNotContain(pan);

        PlainBrowser.Page issued = desk(ADMIN)
                .sends(
                        "/payments/cards",
                        "card_number",
                        pan,
                        "currency",
                        "RUB",
                        "direction",
                        "in",
                        "bank",
                        "Test bank",
                        "holder",
                        "EXAMPLE",
                        "holder_kind",
                        "organisation",
                        "legal_basis",
                        "Contract 1",
                        "expiry",
                        "12/39",
                        "min:amount",
                        "1",
                        "max:amount",
                        "5 000",
                        "in/day:amount",
                        "20 000,00",
                        "in/max_open:number",
                        "3",
                        "schedule",
                        "1 09:00-18:00");
        assertThat(issued.status()).as(issued.html()).isEqualTo(303);
        String page = issued.location().replace("?done=issue", "");
        PlainBrowser.Page card = desk(ADMIN).opens(page);
        assertThat(card.html())
                .contains("Test bank", "•••• " + pan.substring(12), "1 09:00-18:00", "value=\"20000.00\"", "12/39")
                .doesNotContain(pan);

        PlainBrowser.Page changed = desk(ADMIN)
                .sends(
                        page,
                        "command",
                        "change",
                        "version",
                        card.version(),
                        "bank",
                        "Other bank",
                        "holder",
                        "EXAMPLE",
                        "holder_kind",
                        "organisation",
                        "legal_basis",
                        "Contract 1",
                        "expiry",
                        "12/39",
                        "min:amount",
                        "1",
                        "max:amount",
                        "5000");
        assertThat(changed.status()).as(changed.html()).isEqualTo(303);
        assertThat(desk(OPERATOR).opens(page).html()).contains("Other bank").doesNotContain("value=\"change\"");

        desk(SUPERVISOR)
                .sends(
                        page,
                        "command",
                        "vacation",
                        "starts_at",
                        "2035-01-01T10:00",
                        "ends_at",
                        "2035-01-02T10:00",
                        "reason",
                        "holiday");
        assertThat(desk(OPERATOR).opens(page).html()).contains("holiday", "2035-01-01T07:00:00Z");
        assertThat(desk(SUPERVISOR)
                        .sends(page, "command", "vacation", "starts_at", "soon", "reason", "kept reason")
                        .html())
                .contains("value=\"kept reason\"", "href=\"#vacation-starts_at\"");
        assertThat(desk(COMPLIANCE)
                        .sends(page, "command", "status", "status", "paused", "reason", "to look at")
                        .status())
                .isEqualTo(303);
        assertThat(desk(OPERATOR).opens(page).html()).contains("to look at", "paused");
        assertThat(desk(ADMIN)
                        .sends(page, "command", "reveal-pan", "reason", "to print")
                        .html())
                .contains(pan.substring(0, 4) + " " + pan.substring(4, 8));
        assertThat(desk(SUPERVISOR).opens(page).html()).contains("value=\"cancel-vacation\"");
    }

    @Test
    void theBoundOfSecondApprovalIsKeptPerCurrency() {
        PlainBrowser.Page page = desk(ADMIN).opens("/payments/currencies");
        assertThat(page.html()).contains("USD-second_approval");

        PlainBrowser.Page refused = desk(ADMIN)
                .sends(
                        "/payments/currencies",
                        "code",
                        "KZT",
                        "min_amount:amount",
                        "x",
                        "max_amount:amount",
                        "100",
                        "second_approval:amount",
                        "50");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html()).contains("href=\"#KZT-min_amount\"", "value=\"x\"");
        assertThat(desk(SUPERVISOR).opens("/payments/currencies").html()).doesNotContain("Save");
    }

    @Test
    void complianceClosesACaseWithWhatCameOfIt() {
        String id = world.database.sql("""
            insert into compliance_case (id, indicator, details, status, opened_at)
            values (gen_random_uuid(), 'operations_per_day', '{"found": 31}', 'open', now()) returning id::text
            """).mapValue(String.class).one().block(OrderWorld.SOON);

        assertThat(desk(ADMIN).opens("/payments/cases").html())
                .contains("found: 31")
                .doesNotContain(id);
        assertThat(desk(COMPLIANCE).sends("/payments/cases", "id", id).status()).isEqualTo(400);
        assertThat(desk(COMPLIANCE)
                        .sends("/payments/cases", "id", id, "resolution", "a busy day " + id)
                        .location())
                .isEqualTo("/payments/cases?done=case");
        assertThat(desk(COMPLIANCE).opens("/payments/cases").html()).contains("a busy day " + id);
        assertThat(desk(ADMIN).opens("/payments/audit?object_kind=case").html()).contains("closed a case");
    }

    @Test
    void figuresStandInAChartAndInATable() {
        String html = desk(OPERATOR).opens("/payments/statistics").html();

        assertThat(html).contains("<svg class=\"chart\"", "The same as a table", "By partner", "Commission per day");
    }

    private PlainBrowser desk(String token) {
        return new PlainBrowser(port, token, "/payments");
    }

    private String partner(String client) {
        return world.database
                .sql("select id::text from partner where client_id = :client")
                .bind("client", client)
                .mapValue(String.class)
                .one()
                .block(OrderWorld.SOON);
    }
}

package io.darvoza.payments.page.desk;

import static io.darvoza.payments.order.OrderWorld.ADMIN;
import static io.darvoza.payments.order.OrderWorld.AUDITOR;
import static io.darvoza.payments.order.OrderWorld.COMPLIANCE;
import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.OPERATOR2;
import static io.darvoza.payments.order.OrderWorld.PARTNER;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.common.test.ui.PlainBrowser;
import io.darvoza.payments.order.OrderWorld;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue, as a browser without scripts sees it. */
class QueuePageIT extends DeskPages {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm").withZone(ZoneId.of("Europe/Moscow"));

    @Test
    void theQueueIsForStaffAndNotForPartners() {
        String uid = queued("201.00");

        for (String token : List.of(OPERATOR, SUPERVISOR, COMPLIANCE, ADMIN, AUDITOR)) {
            assertThat(desk(token).opens("/payments?limit=200").html()).contains("id=\"order-" + uid + "\"", "201.00");
        }
        // New orders join a queue at its end; where they would push others down, they wait to be asked for.
        assertThat(desk(OPERATOR).opens("/payments").html()).contains("data-live-at-once=\"true\"");
        assertThat(desk(OPERATOR).opens("/payments?order=newest").html()).doesNotContain("data-live-at-once");
        PlainBrowser.Page refused = desk(PARTNER).opens("/payments");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.html()).contains("<html").doesNotContain(uid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "supervisor", "compliance", "admin", "auditor"})
    void noLinkLeadsToARefusal(String role) {
        String token = switch (role) {
            case "operator" -> OPERATOR;
            case "supervisor" -> SUPERVISOR;
            case "compliance" -> COMPLIANCE;
            case "admin" -> ADMIN;
            default -> AUDITOR;
        };
        String uid = queued("202.00");
        PlainBrowser desk = desk(token);
        List<String> tabs = desk.opens("/payments").links().stream().distinct().toList();

        assertThat(tabs).contains("/payments/cards").hasSizeGreaterThan(5);
        for (String start : List.of("/payments", "/payments/orders/" + uid)) {
            for (String link : desk.opens(start).links().stream().distinct().toList()) {
                assertThat(desk.opens(link).status()).as(link).isEqualTo(200);
            }
        }
        for (String tab : tabs) {
            assertThat(desk.opens(tab).html()).as(tab).doesNotContain("??");
        }
        assertThat(tabs.contains("/payments/partners")).isEqualTo(!role.equals("operator"));
        assertThat(tabs.contains("/payments/audit"))
                .isEqualTo(!List.of("operator", "supervisor").contains(role));
    }

    @Test
    void filtersToTheMinuteInTheTenantsZoneAndExportsExactlyThat() {
        String uid = queued("203.45");
        String minute = MINUTE.format(Instant.now());
        String later = MINUTE.format(Instant.now().plusSeconds(120));
        PlainBrowser desk = desk(OPERATOR);

        PlainBrowser.Page here = desk.opens(
                "/payments?amount_from=203,45&amount_to=203.45&from=" + minute.substring(0, 14) + "00&to=" + later);
        assertThat(here.html()).contains("order-" + uid, "value=\"" + later + "\"", "Amount from: 203,45");
        assertThat(desk.opens("/payments?amount_from=203.45&amount_to=203.45&from=" + later)
                        .html())
                .doesNotContain("order-" + uid)
                .contains("Nothing matches");

        String export = exportOf(here);
        assertThat(world.get(OPERATOR, export).text()).contains(uid).hasLineCount(2);
        assertThat(exportOf(desk.opens("/payments?status=all&last=1h")))
                .contains("from=")
                .doesNotContain("last");
    }

    @Test
    void refusesACriterionThatIsMisspeltAndKeepsOneThatIsNonsense() {
        PlainBrowser desk = desk(OPERATOR);

        assertThat(desk.opens("/payments?statsu=new").status()).isEqualTo(400);
        PlainBrowser.Page nonsense = desk.opens("/payments?amount_from=much&status=all");
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.html()).contains("value=\"much\"", "href=\"#filter-amount_from\"");
    }

    @Test
    void turnsPagesByKeyset() {
        String first = queued("204.01");
        String second = queued("204.02");
        PlainBrowser desk = desk(OPERATOR);

        PlainBrowser.Page one = desk.opens("/payments?amount_from=204.01&amount_to=204.02&limit=1");
        assertThat(one.html()).contains("order-" + first).doesNotContain("order-" + second);
        PlainBrowser.Page two = desk.opens(one.link("/payments?amount_from=204.01&amount_to=204.02&limit=1&older="));
        assertThat(two.html()).contains("order-" + second).doesNotContain("order-" + first);
        assertThat(two.links()).contains("/payments?amount_from=204.01&amount_to=204.02&limit=1");
    }

    @Test
    void oneCommandForTheMarkedTellsWhatBecameOfEach() {
        String mine = queued("210.00");
        String foreign = queued("211.00");
        world.claimed(OPERATOR, mine);
        world.claimed(OPERATOR2, foreign);
        PlainBrowser desk = desk(OPERATOR);

        PlainBrowser.Page done = desk.sends(
                "/payments?status=all", "command", "fail", "reason", "not_received", "uid", mine, "uid", foreign);
        assertThat(done.html()).contains("What became of each", ">failed<", "claim it first");
        assertThat(world.feedOf(mine)).endsWith("failed");

        PlainBrowser.Page refused = desk.sends("/payments", "command", "reject", "reason", "aml", "uid", foreign);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.html()).contains("href=\"#bulk-comment\"");
        assertThat(desk.sends("/payments", "command", "approve", "uid", foreign).status())
                .isEqualTo(422);
        assertThat(desk(COMPLIANCE).opens("/payments").html()).doesNotContain("id=\"bulk\"");
    }

    @Test
    void theMarkedGoToTheColleagueWhomASupervisorChooses() {
        String uid = queued("216.00");
        desk(OPERATOR2).opens("/payments");
        PlainBrowser desk = desk(SUPERVISOR);
        String colleague = TestTokens.subjectOf("payments_operator2");
        assertThat(desk.opens("/payments?status=all").html()).contains("value=\"%s\"".formatted(colleague));

        PlainBrowser.Page done =
                desk.sends("/payments?status=all", "command", "reassign", "colleague", colleague, "uid", uid);

        assertThat(done.status()).isEqualTo(200);
        assertThat(world.number("select count(*) from payment_order where uid = '%s' and assigned_to = 'user:%s'"
                        .formatted(uid, colleague)))
                .isOne();
        assertThat(desk(OPERATOR).opens("/payments?status=all").html()).doesNotContain("value=\"reassign\"");
    }

    @Test
    void nextLeadsToAnOrderInHand() {
        queued("212.00");
        PlainBrowser desk = desk(OPERATOR2);

        String there = desk.sends("/payments", "command", "next").location();

        assertThat(there).startsWith("/payments/orders/");
        assertThat(desk.opens(there).html()).contains("value=\"approve\"");
        desk.sends(there, "command", "release");
    }

    @Test
    void oneRowComesForTheLiveRegion() {
        String uid = queued("215.00");

        PlainBrowser.Page row = desk(OPERATOR).opens("/payments/rows/" + uid);
        assertThat(row.headers().getFirst("HX-Trigger")).matches("\\{\"darvoza:waiting\":\\{\"count\":[1-9][0-9]*}}");
        assertThat(row.html()).contains("<tr", "id=\"order-" + uid + "\"").doesNotContain("<html");
        assertThat(desk(OPERATOR).opens("/payments/rows/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void aFilterIsKeptForOneselfOrForAllAndDroppedByItsOwnerAlone() {
        String own = "own " + UUID.randomUUID().toString().substring(0, 8);
        String shared = "shared " + UUID.randomUUID().toString().substring(0, 8);
        PlainBrowser desk = desk(OPERATOR);
        assertThat(desk.sends("/payments/views", "name", own, "query", "?status=failed")
                        .location())
                .isEqualTo("/payments?status=failed");
        desk.sends("/payments/views", "name", shared, "query", "?status=rejected", "shared", "on");

        assertThat(desk.opens("/payments").html()).contains(own, shared);
        assertThat(desk(SUPERVISOR).opens("/payments").html()).contains(shared).doesNotContain(own);
        String id = world.database
                .sql("select id::text from desk_view where name = :name")
                .bind("name", shared)
                .mapValue(String.class)
                .one()
                .block(OrderWorld.SOON);
        assertThat(desk(SUPERVISOR).sends("/payments/views/" + id + "/drop").status())
                .isEqualTo(404);
        assertThat(desk.sends("/payments/views/" + id + "/drop").status()).isEqualTo(303);
        assertThat(desk.sends("/payments/views", "name", "x", "query", "//elsewhere.example")
                        .status())
                .isEqualTo(400);
    }

    private static String exportOf(PlainBrowser.Page page) {
        String marker = "href=\"/v1/payments/ops/orders/export.csv";
        int at = page.html().indexOf(marker);
        assertThat(at).isPositive();
        return page.html().substring(at + 6, page.html().indexOf('"', at + 6)).replace("&amp;", "&");
    }
}

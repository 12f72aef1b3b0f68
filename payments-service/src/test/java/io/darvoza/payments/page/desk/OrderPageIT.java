package io.darvoza.payments.page.desk;

import static io.darvoza.payments.order.OrderWorld.ADMIN;
import static io.darvoza.payments.order.OrderWorld.COMPLIANCE;
import static io.darvoza.payments.order.OrderWorld.OPERATOR;
import static io.darvoza.payments.order.OrderWorld.OPERATOR2;
import static io.darvoza.payments.order.OrderWorld.PAYER_CARD;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR;
import static io.darvoza.payments.order.OrderWorld.SUPERVISOR2;
import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.security.TestTokens;
import io.darvoza.common.test.ui.PlainBrowser;
import org.junit.jupiter.api.Test;

/** The page of one order, as a browser without scripts sees it. */
class OrderPageIT extends DeskPages {

    @Test
    void anOperatorTakesAnOrderApprovesItAndGoesOn() {
        String uid = queued("205.00");
        PlainBrowser desk = desk(OPERATOR);

        assertThat(desk.opens(page(uid)).html()).contains("value=\"claim\"").doesNotContain("value=\"approve\"");
        assertThat(desk.sends(page(uid), "command", "claim").location()).isEqualTo(page(uid) + "?done=claim");
        PlainBrowser.Page mine = desk.opens(page(uid) + "?done=claim");
        assertThat(mine.html()).contains("The order is yours", "Approve the order of", "value=\"205.00\"");

        PlainBrowser.Page sent = desk.sends(
                page(uid),
                "command",
                "approve",
                "version",
                mine.version(),
                "actual_amount:amount",
                "205,00",
                "bank_reference",
                reference());

        assertThat(sent.status()).isEqualTo(303);
        PlainBrowser.Page done = desk.opens(sent.location());
        assertThat(done.html())
                .contains("The decision is on record", "value=\"next\"", "payments_operator")
                .contains("the payer confirmed", "approved")
                .doesNotContain("value=\"approve\"");
        assertThat(world.feedOf(uid)).containsExactly("created", "processing", "claimed", "approved");
    }

    @Test
    void aConflictSaysWhoDidWhatAndKeepsWhatWasTyped() {
        String uid = queued("206.00");
        PlainBrowser desk = desk(OPERATOR);
        desk.sends(page(uid), "command", "claim");
        PlainBrowser.Page mine = desk.opens(page(uid));
        // Whoever has been at the desk is known by name.
        desk(COMPLIANCE).opens("/payments");
        world.ops(COMPLIANCE, uid, "hold", mine.version(), "{\"supporting_document_id\":\"4711\"}");

        PlainBrowser.Page refused = desk.sends(
                page(uid),
                "command",
                "reject",
                "version",
                mine.version(),
                "seen",
                mine.seen(),
                "reason",
                "limits",
                "comment",
                "my own words");

        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.html())
                .contains("While you were deciding", "payments_compliance", "waits for a document", "my own words")
                .contains("data-version=\"4\"")
                .doesNotContain("data-version=\"3\"");
        assertThat(world.feedOf(uid)).doesNotContain("rejected");
    }

    @Test
    void aRefusedFormKeepsItsWordsAndPointsAtTheField() {
        String uid = queued("207.00");
        PlainBrowser desk = desk(OPERATOR);
        desk.sends(page(uid), "command", "claim");
        String version = desk.opens(page(uid)).version();

        PlainBrowser.Page refused = desk.sends(
                page(uid),
                "command",
                "approve",
                "version",
                version,
                "actual_amount:amount",
                "two hundred",
                "bank_reference",
                "RRN 7",
                "comment",
                "kept words");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html())
                .contains(
                        "href=\"#approve-actual_amount\"",
                        "value=\"two hundred\"",
                        "value=\"RRN 7\"",
                        "value=\"kept words\"");
        assertThat(desk.sends(page(uid), "command", "approve", "bank_reference", "RRN 7")
                        .status())
                .isEqualTo(428);
        assertThat(desk.sends(page(uid), "command", "../../orders").status()).isEqualTo(404);
    }

    @Test
    void twoPeopleApproveALargeOrderAndSeeWhatTheyApprove() {
        String uid = queued("150000.00");
        desk(OPERATOR).sends(page(uid), "command", "claim");
        PlainBrowser.Page mine = desk(OPERATOR).opens(page(uid));
        assertThat(mine.html()).contains("a second person confirms").doesNotContain("value=\"150000.00\"");
        desk(OPERATOR)
                .sends(
                        page(uid),
                        "command",
                        "approve",
                        "version",
                        mine.version(),
                        "actual_amount:amount",
                        "150 000",
                        "bank_reference",
                        "RRN large",
                        "comment",
                        "seen in the bank");

        assertThat(desk(OPERATOR).opens(page(uid)).html())
                .contains("another person")
                .doesNotContain("value=\"approve\"");
        PlainBrowser.Page waits = desk(SUPERVISOR).opens(page(uid));
        assertThat(waits.html()).contains("RRN large", "seen in the bank", "Confirm ");
        assertThat(desk(SUPERVISOR).opens("/payments/second").html()).contains("/payments/orders/" + uid);

        assertThat(desk(SUPERVISOR)
                        .sends(page(uid), "command", "approve", "version", waits.version())
                        .status())
                .isEqualTo(303);
        assertThat(world.feedOf(uid)).endsWith("second_approval", "approved");
    }

    @Test
    void aReversalNeedsAnotherPerson() {
        String uid = approved("208.00");
        desk(SUPERVISOR).sends(page(uid), "command", "reverse", "reason", "paid twice");
        String decision = world.get(SUPERVISOR, "/v1/payments/ops/second-approvals")
                .json()
                .get("items")
                .valueStream()
                .filter(item -> item.path("order_uid").asString("").equals(uid))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();

        assertThat(desk(SUPERVISOR).opens("/payments/second").html()).contains("paid twice", "somebody else confirms");
        assertThat(desk(SUPERVISOR)
                        .sends("/payments/second", "command", "approve", "decision", decision)
                        .html())
                .contains("A second person must confirm");
        assertThat(desk(SUPERVISOR2)
                        .sends("/payments/second", "command", "approve", "decision", decision)
                        .location())
                .isEqualTo("/payments/second?done=approve");
        assertThat(desk(SUPERVISOR).opens(page(uid)).html()).contains("reversed");
    }

    @Test
    void aCardNumberIsShownForAReasonOnRecordAndNotKept() {
        world.prefund(1_000_000);
        String uid = world.created("withdrawal", "209.00").get("uid").asString();
        world.pay(uid, "confirm", "{\"card_number\":\"" + PAYER_CARD + "\"}");
        PlainBrowser desk = desk(OPERATOR);

        assertThat(desk.opens(page(uid)).html()).contains("•••• 0004").doesNotContain(PAYER_CARD, "2200 0000");
        assertThat(desk.sends(page(uid), "command", "reveal-pan").status()).isEqualTo(400);
        PlainBrowser.Page shown = desk.sends(page(uid), "command", "reveal-pan", "reason", "to pay it out");

        assertThat(shown.html()).contains("2200 0000 0000 0004");
        assertThat(shown.headers().getCacheControl()).contains("no-store");
        assertThat(desk(ADMIN)
                        .opens("/payments/audit?object_kind=payment_order&object_id=" + uid)
                        .html())
                .contains("looked at a card number", "to pay it out");
        assertThat(desk(COMPLIANCE).opens(page(uid)).html()).doesNotContain("value=\"reveal-pan\"");
    }

    @Test
    void lateMoneyOpensALinkedOrder() {
        String uid = queued("213.00");
        long version = world.claimed(OPERATOR, uid);
        world.ops(OPERATOR, uid, "fail", version, "{\"reason\":\"not_received\"}");

        PlainBrowser.Page sent = desk(OPERATOR)
                .sends(page(uid), "command", "late", "amount:amount", "213,00", "evidence", "statement of the bank");

        assertThat(sent.location()).startsWith("/payments/orders/").doesNotContain(uid);
        assertThat(desk(OPERATOR).opens(sent.location()).html()).contains("statement of the bank", page(uid));
    }

    @Test
    void aSupervisorHandsAnOrderOver() {
        String uid = queued("214.00");
        desk(OPERATOR2).opens("/payments");
        String subject = TestTokens.subjectOf("payments_operator2");

        assertThat(desk(SUPERVISOR).opens(page(uid)).html()).contains("value=\"" + subject + "\"");
        assertThat(desk(SUPERVISOR)
                        .sends(page(uid), "command", "reassign", "colleague", subject)
                        .status())
                .isEqualTo(303);
        assertThat(desk(OPERATOR2).opens(page(uid)).html()).contains("value=\"approve\"");
        desk(OPERATOR2).sends(page(uid), "command", "release");
    }
}

package io.darvoza.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.payments.card.CardFixtures;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.vault.CardNumber;
import io.darvoza.payments.vault.PanVault;
import io.darvoza.payments.vault.Purpose;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The check of the ledger, on a ledger that is broken on purpose. */
class LedgerCheckIT extends LedgerFixture {

    @Autowired
    PanVault vault;

    /** The mark does not move past what is wrong, so it stays seen; once mended, the check goes on behind it. */
    @Test
    void whatIsNewIsCheckedOnceAndWhatIsWrongStaysSeen() throws SQLException {
        prefund(5_000);
        UUID order = open("withdrawal", 1_000, 10);
        post(Posting.hold(order, partner, 1_010));
        assertThat(recent()).isEmpty();
        long mark = mark();
        assertThat(recent()).isEmpty();
        assertThat(mark()).isEqualTo(mark);

        end(order, "rejected");
        post(Posting.voidOf(order, partner, 1_010));
        UUID deposit = approved("deposit", 1_000, 10);
        post(Posting.deposit(deposit, partner, card, 1_000, 10));
        asSuperuser("update payment_order set actual_fee = 11 where id = '" + deposit + "'");
        assertThat(recent()).containsExactly("I8");
        assertThat(recent()).containsExactly("I8");
        assertThat(mark()).isEqualTo(mark);

        asSuperuser("update payment_order set actual_fee = 10 where id = '" + deposit + "'");
        assertThat(recent()).isEmpty();
        assertThat(mark()).isEqualTo(mark + 2);
    }

    @Test
    void aBalanceOfLongAgoThatChangesIsSeenWithoutReadingItsEntriesAgain() throws SQLException {
        prefund(7_000);
        assertThat(recent()).isEmpty();
        String change =
                "update ledger_balance set balance = balance %s 1 where account_id = (select id from ledger_account"
                        + " where kind = 'available' and owner_id = '" + partner + "')";
        asSuperuser(change.formatted("+"));
        assertThat(recent()).containsExactlyInAnyOrder("I2", "I3");
        asSuperuser(change.formatted("-"));
        assertThat(recent()).isEmpty();
    }

    @Test
    void aDroppedConstraintIsSeen() throws SQLException {
        asSuperuser("alter table second_approval drop constraint second_is_another_person");
        assertThat(recent()).containsExactly("I16");
        asSuperuser("alter table second_approval add constraint second_is_another_person"
                + " check (outcome <> 'approved' or decided_by <> requested_by)");
        assertThat(recent()).isEmpty();
    }

    @Test
    void aKeptCardNumberInClearIsSeenAndAnyOtherNumberIsNone() {
        CardNumber number = CardFixtures.number();
        vault.keep(number, Purpose.PLATFORM_CARD).block(SOON);
        execute("""
                insert into outbox_event (event_id, topic, event_key, type, source, occurred_at, subject, aggregate_version,
                    owner_kind, owner_id, payload, status, sent_at)
                values (uuidv7(), 't', 'leak', 't', 's', now(), 's', 1, 'user', 'u',
                    '{"a":"to %s.","b":"2200000000000004","c":1234567890123456789}', 'sent', now())
                """.formatted(number.reveal()));
        assertThat(recent()).containsExactly("I14");
        assertThat(findings()).extracting(LedgerCheck.Finding::code).containsExactly("I14");
        execute("delete from outbox_event where event_key = 'leak'");
    }

    @Test
    void everyInvariantIsSeenWhenItIsBroken() throws SQLException {
        prefund(5_000);
        UUID order = open("withdrawal", 1_000, 10);
        post(Posting.hold(order, partner, 1_010));
        UUID deposit = approved("deposit", 1_000, 10);
        post(Posting.deposit(deposit, partner, card, 1_000, 10));
        rollUp();
        String balances = "update ledger_balance set balance = %s where account_id ="
                + " (select id from ledger_account where kind = '%s' and owner_id = '" + partner + "')";
        Map<String, String> breaks = Map.ofEntries(
                Map.entry(
                        "I1",
                        "update ledger_entry set amount = amount + 1 where id = (select max(id) from ledger_entry)"),
                Map.entry("I2", balances.formatted("balance + 1", "available")),
                Map.entry("I3", balances.formatted("balance + 1", "held")),
                Map.entry("I4", balances.formatted("-1", "available")),
                Map.entry("I5", "update payment_order set fee = fee + 1 where id = '" + order + "'"),
                Map.entry("I6", "update payment_order set performed = true where id = '" + order + "'"),
                Map.entry("I7", "update payment_order set type = 'deposit' where id = '" + order + "'"),
                Map.entry("I8", "update payment_order set actual_fee = 11 where id = '" + deposit + "'"),
                Map.entry(
                        "I10",
                        "insert into payment_order select (o2).* from (select jsonb_populate_record(o,"
                                + " jsonb_build_object('id', uuidv7(), 'uid', uuidv7(), 'status', 'new', 'performed',"
                                + " false)) o2 from payment_order o, generate_series(1, 2) where o.id"
                                + " = '" + deposit + "') x"),
                Map.entry(
                        "I9",
                        "insert into card_counter (card_id, direction, accepting, reserved_minor)"
                                + " values (uuidv7(), 'in', true, 5)"),
                Map.entry(
                        "I12",
                        "insert into ops_feed (order_id, version, kind, actor, at, status) values ('" + order
                                + "', 1, 'created', 'x', now(), 'new')"),
                Map.entry(
                        "I13",
                        "insert into webhook_endpoint (id, partner_id, url, secret, created_at, wants_since)"
                                + " values (uuidv7(), '" + partner + "', 'https://example.org', '', now(),"
                                + " now() - interval '1 day')"),
                Map.entry(
                        "R1",
                        "insert into card_receipt (id, card_id, currency, amount_minor, bank_reference, recorded_by,"
                                + " recorded_at) values (uuidv7(), uuidv7(), 'RUB', 1, 'x', 'x', now())"),
                Map.entry(
                        "I16",
                        "insert into second_approval (id, kind, subject, requested_by, requested_at, decided_by,"
                                + " decided_at, outcome) values (uuidv7(), 'prefund', '{}', 'a', now(), 'a', now(),"
                                + " 'approved')"));
        assertThat(breaks.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Invariants.ALL.stream().map(Invariant::code).toList());
        try (Connection superuser = superuser()) {
            superuser.setAutoCommit(false);
            superuser.createStatement().execute("set session_replication_role = replica");
            superuser.createStatement().execute("""
                    alter table ledger_balance drop constraint ledger_balance_not_negative;
                    alter table payment_order drop constraint performed_is_terminal;
                    alter table payment_order drop constraint performed_has_its_time;
                    alter table payment_order drop constraint deposit_has_its_card;
                    alter table second_approval drop constraint second_is_another_person;
                    drop index payment_order_open_amount""");
            for (Invariant invariant : Invariants.ALL) {
                var point = superuser.setSavepoint();
                assertThat(violations(superuser, invariant))
                        .as(invariant.code())
                        .isZero();
                superuser.createStatement().execute(breaks.get(invariant.code()));
                assertThat(violations(superuser, invariant))
                        .as(invariant.code())
                        .isPositive();
                superuser.rollback(point);
            }
            superuser.rollback();
        }
    }

    private static long violations(Connection connection, Invariant invariant) throws SQLException {
        try (var found = connection.createStatement().executeQuery(invariant.violations())) {
            found.next();
            return found.getLong(1);
        }
    }

    /** The codes that the check of what is new finds broken, once everything that was written is in the chain. */
    private List<String> recent() {
        Awaitility.await().atMost(SOON).until(() -> {
            database.sql("select chain_append(1000)").then().block(SOON);
            return number("select count(*) from unchained") == 0;
        });
        LedgerCheck.Result result =
                Awaitility.await().atMost(SOON).until(() -> check.recent().block(SOON), Objects::nonNull);
        return result.findings().stream()
                .filter(finding -> finding.violations() > 0)
                .map(LedgerCheck.Finding::code)
                .toList();
    }

    private long mark() {
        return number("select position from check_mark where name = 'ledger'");
    }

    private void asSuperuser(String sql) throws SQLException {
        try (Connection superuser = superuser()) {
            superuser.createStatement().execute("set session_replication_role = replica");
            superuser.createStatement().execute(sql);
        }
    }
}

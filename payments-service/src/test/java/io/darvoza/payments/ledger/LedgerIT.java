package io.darvoza.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.RealService;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Every posting on the real database; after each test all invariants hold. */
@RealService
class LedgerIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ACTOR = "user:tester";

    @Autowired
    Ledger ledger;

    @Autowired
    LedgerCheck check;

    @Autowired
    DatabaseClient database;

    @Autowired
    FreshDatabase own;

    private final UUID partner = UUID.randomUUID();
    private final UUID card = UUID.randomUUID();

    @AfterEach
    void everyInvariantHolds() {
        rollUp();
        assertThat(findings()).isEmpty();
    }

    @Test
    void aDepositOfTheContractsExampleGoesToCardPartnerAndCommission() {
        long earned = commission();
        post(Posting.deposit(approved("deposit", 1_000_000, 25_000), partner, card, 1_000_000, 25_000));

        assertThat(balance()).isEqualTo(new PartnerBalance(975_000, 0, 0));
        assertThat(cardFloat(card)).isEqualTo(1_000_000);
        rollUp();
        assertThat(commission() - earned).isEqualTo(25_000);
    }

    @Test
    void aWithdrawalHoldsFirstAndIsPaidFromWhatIsHeld() {
        prefund(2_000_000);
        UUID order = open("withdrawal", 1_000_000, 25_000);
        post(Posting.hold(order, partner, 1_025_000));
        assertThat(balance()).isEqualTo(new PartnerBalance(975_000, 1_025_000, 0));

        approve(order, 900_000, 22_500);
        post(Posting.withdrawal(order, partner, card, 1_025_000, 900_000, 22_500));

        assertThat(balance()).isEqualTo(new PartnerBalance(1_077_500, 0, 0));
        assertThat(cardFloat(card)).isEqualTo(-900_000);
    }

    @Test
    void aVoidGivesBackWhatWasHeld() {
        prefund(1_025_000);
        UUID order = open("withdrawal", 1_000_000, 25_000);
        post(Posting.hold(order, partner, 1_025_000));
        end(order, "rejected");
        post(Posting.voidOf(order, partner, 1_025_000));

        assertThat(balance()).isEqualTo(new PartnerBalance(1_025_000, 0, 0));
    }

    @Test
    void whatIsNotThereCannotBeHeldAndNothingChanges() {
        prefund(1_024_999);
        assertThatThrownBy(() -> post(Posting.hold(closed("withdrawal"), partner, 1_025_000)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.type()).isEqualTo(PaymentsProblem.INSUFFICIENT_BALANCE));

        assertThat(balance()).isEqualTo(new PartnerBalance(1_024_999, 0, 0));
    }

    @Test
    void twoHoldsForTheLastMoneyLeaveOneOfThem() {
        for (int round = 0; round < 20; round++) {
            UUID poor = UUID.randomUUID();
            post(Posting.prefund(poor, 100));
            List<UUID> orders = List.of(open("withdrawal", 100, 0, poor), open("withdrawal", 100, 0, poor));
            List<UUID> held = Flux.fromIterable(orders)
                    .flatMap(order -> ledger.post(Posting.hold(order, poor, 100), Currency.RUB, ACTOR)
                            .thenReturn(order)
                            .subscribeOn(Schedulers.parallel())
                            .onErrorResume(ProblemException.class, _ -> Mono.empty()))
                    .collectList()
                    .block(SOON);

            assertThat(held).hasSize(1);
            orders.stream().filter(order -> !held.contains(order)).forEach(this::remove);
        }
    }

    @Test
    void aHoldEndsOnce() {
        prefund(1_000);
        UUID order = open("withdrawal", 1_000, 0);
        post(Posting.hold(order, partner, 1_000));
        approve(order, 1_000, 0);
        post(Posting.withdrawal(order, partner, card, 1_000, 1_000, 0));

        assertThatThrownBy(() -> post(Posting.voidOf(order, partner, 1_000)))
                .hasMessageContaining("ledger_tx_ends_once");
        assertThatThrownBy(() -> post(Posting.withdrawal(order, partner, card, 1_000, 1_000, 0)))
                .hasMessageContaining("duplicate key");
    }

    @Test
    void aReversedDepositIsTakenBackOnce() {
        UUID order = approved("deposit", 1_000_000, 25_000);
        post(Posting.deposit(order, partner, card, 1_000_000, 25_000));
        markReversed(order);
        ledger.reverse(order, ACTOR, false).block(SOON);

        assertThat(balance()).isEqualTo(new PartnerBalance(0, 0, 0));
        assertThat(cardFloat(card)).isZero();
        assertThatThrownBy(() -> ledger.reverse(order, ACTOR, true).block(SOON)).hasMessageContaining("duplicate key");
    }

    @Test
    void aReversedWithdrawalComesBackAsAvailable() {
        prefund(1_025_000);
        UUID order = open("withdrawal", 1_000_000, 25_000);
        post(Posting.hold(order, partner, 1_025_000));
        approve(order, 1_000_000, 25_000);
        post(Posting.withdrawal(order, partner, card, 1_025_000, 1_000_000, 25_000));
        markReversed(order);
        ledger.reverse(order, ACTOR, false).block(SOON);

        assertThat(balance()).isEqualTo(new PartnerBalance(1_025_000, 0, 0));
        assertThat(cardFloat(card)).isZero();
    }

    @Test
    void whatAReversalCannotTakeIsOwedAndRepaidFirst() {
        UUID order = approved("deposit", 1_000_000, 25_000);
        post(Posting.deposit(order, partner, card, 1_000_000, 25_000));
        post(Posting.settlement(partner, 900_000));
        markReversed(order);

        assertThatThrownBy(() -> ledger.reverse(order, ACTOR, false).block(SOON))
                .isInstanceOf(ProblemException.class);
        ledger.reverse(order, ACTOR, true).block(SOON);
        assertThat(balance()).isEqualTo(new PartnerBalance(0, 0, 900_000));

        prefund(1_000_000);
        assertThat(balance()).isEqualTo(new PartnerBalance(100_000, 0, 0));
    }

    @Test
    void unmatchedMoneyWaitsUntilItsOrderIsFound() {
        post(Posting.receipt(card, 5_000));
        post(Posting.match(approved("deposit", 5_000, 100), partner, 5_000, 100));

        assertThat(balance()).isEqualTo(new PartnerBalance(4_900, 0, 0));
        assertThat(cardFloat(card)).isEqualTo(5_000);
    }

    @Test
    void moneyMovesBetweenCardsLessTheBanksFee() {
        UUID other = UUID.randomUUID();
        post(Posting.receipt(card, 5_000));
        post(Posting.cardMove(card, other, 4_000, 15));

        assertThat(cardFloat(card)).isEqualTo(985);
        assertThat(cardFloat(other)).isEqualTo(4_000);
    }

    @Test
    void aPostingDoesNotWaitForTheRowOfTheCommission() throws SQLException {
        post(Posting.deposit(approved("deposit", 1_000, 10), partner, card, 1_000, 10));
        try (Connection other = own.connect()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("select 1 from ledger_balance b join ledger_account a on a.id = b.account_id"
                            + " where a.kind = 'commission' for update of b");
            post(Posting.deposit(approved("deposit", 1_000, 10), partner, card, 1_000, 10));
        }
        assertThat(balance().available()).isEqualTo(1_980);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsWrittenStaysWhoeverComes(String change) throws SQLException {
        prefund(1);
        try (Connection owner = own.connect();
                Connection superuser = superuser()) {
            assertThatThrownBy(() -> owner.createStatement().execute(change))
                    .hasMessageMatching("(?s).*(permission denied|append-only).*");
            assertThatThrownBy(() -> superuser.createStatement().execute(change))
                    .hasMessageContaining("append-only");
        }
    }

    static List<String> changes() {
        return List.of(
                "update ledger_entry set amount = amount + 1",
                "delete from ledger_entry",
                "truncate ledger_entry",
                "update ledger_tx set actor = 'x'",
                "delete from ledger_tx",
                "truncate ledger_tx cascade");
    }

    @Test
    void theDatabaseRefusesEntriesThatDoNotBalance() throws SQLException {
        try (Connection owner = own.connect()) {
            assertThatThrownBy(() -> owner.createStatement().execute("""
                    select ledger_post(uuidv7(), null, 'prefund', null, 'RUB', 'x', null, now(),
                        array['settlement', 'available'], array[null, uuidv7()]::uuid[], array['D', 'C'], array[2, 1])
                    """)).hasMessageContaining("differ");
        }
    }

    @Test
    void theStatementTellsEveryMovementWithTheBalanceAfterIt() {
        Instant from = Instant.now().minusSeconds(5);
        prefund(2_000);
        UUID order = open("withdrawal", 1_000, 0);
        post(Posting.hold(order, partner, 1_000));
        end(order, "cancelled");
        post(Posting.voidOf(order, partner, 1_000));

        StatementRange whole = StatementRange.first(from, from.plusSeconds(3600), 2);
        List<StatementLine> first =
                ledger.statement(partner, Currency.RUB, whole).collectList().block(SOON);
        List<StatementLine> second = ledger.statement(
                        partner,
                        Currency.RUB,
                        whole.after(first.getLast().at(), first.getLast().id()))
                .collectList()
                .block(SOON);

        assertThat(first).extracting(StatementLine::change).containsExactly(2_000L, -1_000L);
        assertThat(first).extracting(StatementLine::balance).containsExactly(2_000L, 1_000L);
        assertThat(second).extracting(StatementLine::kind).containsExactly("void");
        assertThat(second.getFirst().balance()).isEqualTo(2_000);
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

    private Connection superuser() throws SQLException {
        var server = own.server();
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), own.name()),
                server.username(),
                server.password());
    }

    private List<LedgerCheck.Finding> findings() {
        return check.run().block(SOON).findings().stream()
                .filter(finding -> finding.violations() > 0)
                .toList();
    }

    private void prefund(long amount) {
        post(Posting.prefund(partner, amount));
    }

    private void post(Posting posting) {
        ledger.post(posting, Currency.RUB, ACTOR).block(SOON);
    }

    private PartnerBalance balance() {
        return ledger.balanceOf(partner, Currency.RUB).block(SOON);
    }

    private void rollUp() {
        database.sql("select ledger_roll_up(1000)").then().block(SOON);
    }

    private long commission() {
        return number("select balance from ledger_balance b join ledger_account a on a.id = b.account_id"
                + " where kind = 'commission' union all select 0 limit 1");
    }

    private long cardFloat(UUID of) {
        return number("select balance from ledger_balance b join ledger_account a on a.id = b.account_id"
                + " where kind = 'float' and owner_id = '" + of + "'");
    }

    private long number(String sql) {
        return database.sql(sql).mapValue(Long.class).first().block(SOON);
    }

    private UUID open(String type, long amount, long fee) {
        return open(type, amount, fee, partner);
    }

    private UUID open(String type, long amount, long fee, UUID of) {
        return insert(type, "new", amount, fee, of);
    }

    private UUID approved(String type, long amount, long fee) {
        return insert(type, "approved", amount, fee, partner);
    }

    /** An order that needs no posting whatever becomes of this one. */
    private UUID closed(String type) {
        UUID order = open(type, 1, 0);
        remove(order);
        return insert("deposit", "cancelled", 1, 0, partner);
    }

    private UUID insert(String type, String status, long amount, long fee, UUID of) {
        UUID id = UUID.randomUUID();
        boolean approved = status.equals("approved");
        execute("""
                insert into payment_order (id, uid, partner_id, partner_client, type, status, performed, performed_at, currency, amount,
                    actual_amount, actual_fee, fee_bps, fee, card_id, expires_at, closes_at, created_at)
                values ('%s', '%s', '%s', 'test', '%s', '%s', %s, %s, 'RUB', %d, %s, %s, 0, %d, '%s', now(), now(), now())
                """.formatted(
                        id,
                        UUID.randomUUID(),
                        of,
                        type,
                        status,
                        !status.equals("new"),
                        status.equals("new") ? "null" : "now()",
                        amount,
                        approved ? amount : "null",
                        approved ? fee : "null",
                        fee,
                        card));
        return id;
    }

    private void approve(UUID order, long amount, long fee) {
        execute("""
                update payment_order set status = 'approved', performed = true, performed_at = now(), actual_amount = %d,
                    actual_fee = %d where id = '%s'
                """.formatted(amount, fee, order));
    }

    private void end(UUID order, String status) {
        execute("update payment_order set status = '%s', performed = true, performed_at = now() where id = '%s'"
                .formatted(status, order));
    }

    private void markReversed(UUID order) {
        execute("update payment_order set reversed_at = now() where id = '" + order + "'");
    }

    private void remove(UUID order) {
        try (Connection superuser = superuser()) {
            superuser.createStatement().execute("set session_replication_role = replica");
            superuser.createStatement().execute("delete from payment_order where id = '" + order + "'");
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private void execute(String sql) {
        database.sql(sql).then().block(SOON);
    }
}

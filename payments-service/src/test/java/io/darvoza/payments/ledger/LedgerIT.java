package io.darvoza.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.common.problem.ProblemException;
import io.darvoza.payments.PaymentsProblem;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Every posting on the real database. */
class LedgerIT extends LedgerFixture {

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
        post(Posting.deposit(approved("deposit", 5_000, 0), partner, card, 5_000, 0));
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
                "truncate ledger_tx cascade",
                "update ledger_account set currency = 'USD'",
                "delete from ledger_account",
                "truncate ledger_account cascade");
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

    /** No foreign key says so: the look at whether they balance does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // a transaction that is not there
                """
        select uuid '00000000-0000-7000-8000-00000000dead', id, case row_number() over () when 1 then 'D' else 'C' end, 1, now()
        from (select id from ledger_account order by id limit 2) account
        """,
                // accounts that are not there
                """
        select (select id from ledger_tx limit 1), -n, case n when 1 then 'D' else 'C' end, 1, now()
        from generate_series(1, 2) n
        """
            })
    void theDatabaseRefusesEntriesOfWhatIsNotThere(String entries) throws SQLException {
        prefund(1);
        try (Connection owner = own.connect()) {
            assertThatThrownBy(() -> owner.createStatement()
                            .execute("insert into ledger_entry (tx_id, account_id, side, amount, at) " + entries))
                    .hasMessageContaining("names what is not there");
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
}

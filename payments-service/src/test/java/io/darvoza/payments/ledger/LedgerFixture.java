package io.darvoza.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.payments.RealService;
import io.darvoza.payments.ledger.model.Posting;
import io.darvoza.payments.money.Currency;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** A ledger on the real database; after each test all invariants hold. */
@RealService
abstract class LedgerFixture {

    static final Duration SOON = Duration.ofSeconds(30);

    static final String ACTOR = "user:tester";

    @Autowired
    Ledger ledger;

    @Autowired
    LedgerCheck check;

    @Autowired
    DatabaseClient database;

    @Autowired
    FreshDatabase own;

    final UUID partner = UUID.randomUUID();

    final UUID card = UUID.randomUUID();

    @AfterEach
    void everyInvariantHolds() {
        rollUp();
        assertThat(findings()).isEmpty();
    }

    Connection superuser() throws SQLException {
        var server = own.server();
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), own.name()),
                server.username(),
                server.password());
    }

    List<LedgerCheck.Finding> findings() {
        return check.whole().block(SOON).findings().stream()
                .filter(finding -> finding.violations() > 0)
                .toList();
    }

    void prefund(long amount) {
        post(Posting.prefund(partner, amount));
    }

    void post(Posting posting) {
        ledger.post(posting, Currency.RUB, ACTOR).block(SOON);
    }

    PartnerBalance balance() {
        return ledger.balanceOf(partner, Currency.RUB).block(SOON);
    }

    void rollUp() {
        database.sql("select ledger_roll_up(1000)").then().block(SOON);
    }

    long commission() {
        return number("select balance from ledger_balance b join ledger_account a on a.id = b.account_id"
                + " where kind = 'commission' union all select 0 limit 1");
    }

    long cardFloat(UUID of) {
        return number("select balance from ledger_balance b join ledger_account a on a.id = b.account_id"
                + " where kind = 'float' and owner_id = '" + of + "'");
    }

    long number(String sql) {
        return database.sql(sql).mapValue(Long.class).first().block(SOON);
    }

    UUID open(String type, long amount, long fee) {
        return open(type, amount, fee, partner);
    }

    UUID open(String type, long amount, long fee, UUID of) {
        return insert(type, "new", amount, fee, of);
    }

    UUID approved(String type, long amount, long fee) {
        return insert(type, "approved", amount, fee, partner);
    }

    /** An order that needs no posting whatever becomes of this one. */
    UUID closed(String type) {
        UUID order = open(type, 1, 0);
        remove(order);
        return insert("deposit", "cancelled", 1, 0, partner);
    }

    UUID insert(String type, String status, long amount, long fee, UUID of) {
        UUID id = UUID.randomUUID();
        boolean approved = status.equals("approved");
        execute("""
                insert into payment_order (id, uid, partner_id, partner_client, type, status, performed, performed_at, currency, amount,
                    actual_amount, actual_fee, fee_bps, fee, card_id, expires_at, closes_at, created_at)
                values ('%s', '%s', '%s', 'test', '%s', '%s', %s, %s, 'RUB', %d, %s, %s, 0, %d, '%s', now() + interval '1 hour', now() + interval '1 hour', now())
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

    void approve(UUID order, long amount, long fee) {
        execute("""
                update payment_order set status = 'approved', performed = true, performed_at = now(), actual_amount = %d,
                    actual_fee = %d where id = '%s'
                """.formatted(amount, fee, order));
    }

    void end(UUID order, String status) {
        execute("update payment_order set status = '%s', performed = true, performed_at = now() where id = '%s'"
                .formatted(status, order));
    }

    void markReversed(UUID order) {
        execute("update payment_order set reversed_at = now() where id = '" + order + "'");
    }

    void remove(UUID order) {
        try (Connection superuser = superuser()) {
            superuser.createStatement().execute("set session_replication_role = replica");
            superuser.createStatement().execute("delete from payment_order where id = '" + order + "'");
        } catch (SQLException fault) {
            throw new IllegalStateException(fault);
        }
    }

    void execute(String sql) {
        database.sql(sql).then().block(SOON);
    }
}

package io.darvoza.payments.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.payments.Plan;
import io.darvoza.payments.RealService;
import io.darvoza.payments.card.CardSql;
import io.darvoza.payments.ledger.LedgerSql;
import io.darvoza.payments.ledger.StatementRange;
import io.darvoza.payments.webhook.WebhookSql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What operators, partners and jobs ask again and again reads an index and few pages, however many orders there are: thirty
 * thousand here, a million with {@code -Dsuite.long=true}. The bounds are the same for both.
 */
@RealService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansIT {

    private static final int ORDERS = Boolean.getBoolean("suite.long") ? 1_000_000 : 30_000;
    private static final int OPEN = 300;
    private static final int NEW_LINKS = 800;

    private static final Set<String> GROWING = Set.of(
            "payment_order",
            "ledger_tx",
            "ledger_entry",
            "ops_feed",
            "card_reservation",
            "webhook_delivery",
            "audit_log",
            "chain_link",
            "outbox_event");

    private static final UUID PARTNER = UUID.fromString("00000000-0000-7000-8000-000000000511");
    private static final Instant NOW = Instant.now();

    @Autowired
    FreshDatabase own;

    private Connection connection;

    @BeforeAll
    void generate() throws SQLException {
        var server = own.server();
        try (Connection superuser = DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), own.name()),
                        server.username(),
                        server.password());
                Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (String sql : GENERATED.formatted(ORDERS, OPEN).strip().split(";\n")) {
                statement.execute(sql);
            }
            statement.execute("vacuum analyze");
        }
    }

    /** Orders spread over two partners and all cards; the last ones are open. */
    private static final String GENERATED = """
            create temporary table made as
                select i, uuidv7() id, gen_random_uuid() uid, uuidv7() tx, i > %1$d - %2$d as open,
                       now() - (%1$d - i) * interval '1 second' as at,
                       case when i %% 2 = 0 then uuid '00000000-0000-7000-8000-000000000511'
                            else uuid '00000000-0000-7000-8000-000000000512' end partner,
                       (select array_agg(id order by id) from card)[1 + i %% 20] card
                from generate_series(1, %1$d) i;
            insert into payment_order (id, uid, partner_id, partner_client, external_id, type, status, sub_status, performed,
                    currency, amount, actual_amount, fee_bps, fee, actual_fee, card_id, card_mask, client_id, expires_at,
                    closes_at, bank_reference, created_at, processing_at, performed_at, lease_until, assigned_to, escalate_at)
                select id, uid, partner, 'partner', 'generated-' || i, 'deposit',
                       case when open and i %% 2 = 0 then 'new' when open then 'processing' when i %% 4 = 0 then 'expired'
                            else 'approved' end,
                       case when open and i %% 2 = 1 then 'queued' end, not open, 'RUB', 100 + i,
                       case when not open then 100 + i end, 0, 0, case when not open then 0 end, card, '220000******0004',
                       'client-' || i %% 1000, at + interval '15 minutes', at + interval '16 minutes',
                       case when not open and i %% 4 <> 0 then 'bank-' || i end, at, at,
                       case when not open then at end, case when open and i %% 4 = 1 then now() + interval '1 minute' end,
                       case when open and i %% 4 = 1 then 'user:x' end, case when open then now() + interval '1 hour' end
                from made;
            insert into card_reservation (order_id, card_id, direction, partner_id, amount_minor, posted_minor, state, outcome,
                    reserved_at, ended_at)
                select id, card, 'in', partner, 100 + i, case when not open and i %% 4 <> 0 then 100 + i end,
                       case when open then 'open' when i %% 4 = 0 then 'released' else 'posted' end,
                       case when open then null when i %% 4 = 0 then 'expired' else 'approved' end, at,
                       case when not open then at end
                from made;
            insert into ledger_tx (id, order_id, kind, currency, actor, at)
                select tx, id, 'deposit', 'RUB', 'user:x', at from made where not open and i %% 4 <> 0;
            insert into ledger_entry (tx_id, account_id, side, amount, balance_after, at)
                select tx, a.id, 'C', 100 + i, 0, at from made join ledger_account a
                    on a.owner_id = made.partner and a.kind = 'available' where not open and i %% 4 <> 0 order by i;
            insert into ledger_entry (tx_id, account_id, side, amount, balance_after, at)
                select tx, a.id, 'D', 100 + i, 0, at from made join ledger_account a
                    on a.kind = 'settlement' where not open and i %% 4 <> 0 order by i;
            insert into ops_feed (seq, order_id, version, kind, actor, at, status)
                select 1000000 + i * 2 + k, id, k, 'created', 'x', at, 'new' from made, generate_series(0, 1) k order by i, k;
            insert into webhook_endpoint (id, partner_id, url, secret, created_at)
                values (uuid '00000000-0000-7000-8000-000000000599', uuid '00000000-0000-7000-8000-000000000511',
                        'https://example.org/', '', now());
            insert into webhook_delivery (id, endpoint_id, message_id, event_type, order_uid, order_version, body, state,
                    next_attempt_at, created_at, delivered_at)
                select id, uuid '00000000-0000-7000-8000-000000000599', i, 'payment.created', uid::text, 1, '{}',
                       case when open then 'pending' else 'delivered' end, case when open then now() + interval '1 hour' end,
                       at, case when not open then at end
                from made;
            insert into outbox_event (event_id, topic, event_key, type, source, occurred_at, subject, aggregate_version,
                    owner_kind, owner_id, payload, status, created_at, sent_at)
                select id, 't', uid::text, 't', 's', at, uid::text, 1, 'partner', 'partner', '{}', 'sent', at, at from made;
            insert into audit_log (id, at, actor, action, object_kind, object_id)
                select uuidv7(), at, 'user:x', 'order_created', 'payment_order', uid::text from made order by i;
            insert into chain_link (position, kind, id, hash)
                select row_number() over (order by i, kind) + (select coalesce(max(position), 0) from chain_link),
                       kind, id, sha256('') from (
                    select i, 'ledger' kind, tx id from made where not open and i %% 4 <> 0
                    union all
                    select m.i, 'audit', a.id from made m join audit_log a on a.object_id = m.uid::text) x;
            """;

    @BeforeEach
    void connect() throws SQLException {
        connection = own.connect();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void undo() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @TestFactory
    List<DynamicTest> aPartnersListReadsNoMoreThanItsPage() {
        return List.of(
                list("newest", partner(null, null, null), 300),
                list("of an external id", partner("generated-7", null, null), 100),
                list("of a time", partner(null, NOW.minusSeconds(5_000), NOW.minusSeconds(4_000)), 300));
    }

    private DynamicTest list(String name, PartnerOrders.Filter filter, long most) {
        return DynamicTest.dynamicTest(
                name, () -> within(most, values -> PartnerOrders.select(filter, List.of(), 51, values)));
    }

    private static PartnerOrders.Filter partner(
            @Nullable String externalId, @Nullable Instant from, @Nullable Instant to) {
        return new PartnerOrders.Filter(PARTNER, externalId, null, null, from, to);
    }

    @TestFactory
    List<DynamicTest> theDesksListReadsNoMoreThanItsPage() {
        return List.of(
                desk("newest", Map.of(), 300),
                desk("the queue", Map.of("status", "processing", "order", "oldest"), 1_000),
                desk("by external id", Map.of("q", "generated-8"), 200),
                desk("by uid", Map.of("q", UUID.randomUUID().toString()), 200),
                desk("of a partner in a time", Map.of("partner", PARTNER.toString()), 300));
    }

    private DynamicTest desk(String name, Map<String, String> query, long most) {
        return DynamicTest.dynamicTest(
                name, () -> within(most, values -> OpsOrders.select(filter(query), NOW, List.of(), 51, values)));
    }

    private static OpsFilter filter(Map<String, String> query) {
        String partner = query.get("partner");
        return new OpsFilter(
                query.get("status"),
                null,
                null,
                partner == null ? null : UUID.fromString(partner),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                query.get("q"),
                query.get("order"));
    }

    @Test
    void theNextOrderIsFoundInTheQueueAlone() throws SQLException {
        within(1_000, NextOrder.OLDEST, Map.of("now", NOW));
    }

    @TestFactory
    List<DynamicTest> theClockLooksAtWhatIsDueAlone() {
        return List.of(OrderSweep.EXPIRED, OrderSweep.LEASES, OrderSweep.WAITING).stream()
                .map(sql -> DynamicTest.dynamicTest(
                        sql, () -> within(1_000, sql, Map.of("now", NOW.minusSeconds(86_400 * 30), "batch", 200))))
                .toList();
    }

    @Test
    void aStatementReadsItsPeriodAlone() throws SQLException {
        StatementRange range = StatementRange.first(NOW.minusSeconds(5_000), NOW.minusSeconds(4_000), 201);
        within(
                2_500,
                LedgerSql.statement(),
                Map.of(
                        "partner", PARTNER,
                        "currency", "RUB",
                        "from", range.from(),
                        "until", range.until(),
                        "afterAt", range.afterAt(),
                        "afterId", range.afterId(),
                        "limit", range.limit()));
    }

    @Test
    void theChoiceOfACardReadsCardsAndNotWhatTheyHaveMoved() throws SQLException {
        within(1_500, CardSql.candidates(), Map.of("now", NOW, "direction", "in", "amount", 5_000, "currency", "RUB"));
    }

    @Test
    void theSenderReadsWhatIsPendingAlone() throws SQLException {
        within(
                2_000,
                WebhookSql.take(),
                Map.of("now", NOW, "lease", NOW.plus(Duration.ofMinutes(1)), "perEndpoint", 8, "batch", 100));
    }

    /** The check of what is new costs what is new costs. */
    @TestFactory
    List<DynamicTest> theCheckOfTheLedgerReadsWhatIsNewAlone() throws SQLException {
        long head = number("select max(position) from chain_link");
        Map<String, Object> values =
                Map.of("mark", head - NEW_LINKS, "head", head, "since", NOW.minusSeconds(NEW_LINKS));
        return LedgerSql.recentChecks().entrySet().stream()
                .map(check -> DynamicTest.dynamicTest(check.getKey(), () -> {
                    execute(LedgerSql.planning());
                    within(12_000, check.getValue(), values);
                }))
                .toList();
    }

    /** Gives a statement and puts its values into the map. */
    private interface Written {
        String with(Map<String, Object> values);
    }

    private void within(long most, Written written) throws SQLException {
        Map<String, Object> values = new HashMap<>();
        String sql = written.with(values);
        within(most, sql, values);
    }

    private void within(long most, String sql, Map<String, ?> values) throws SQLException {
        Plan plan = Plan.of(connection, sql, values);
        assertThat(plan.tablesReadWhole()).as(plan.root().toPrettyString()).doesNotContainAnyElementsOf(GROWING);
        assertThat(plan.pages()).as(plan.root().toPrettyString()).isLessThanOrEqualTo(most);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection other = own.connect();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.bankingdocs.RealService;
import io.darvoza.bankingdocs.document.DocumentQuery.Order;
import io.darvoza.bankingdocs.document.model.DocumentStatus;
import io.darvoza.common.test.infrastructure.FreshDatabase;
import io.darvoza.common.test.infrastructure.Plan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * What clients and employees ask again and again reads an index and few pages, however many documents there are, and whether
 * PostgreSQL plans for the values or keeps a plan for any: thirty thousand documents here, a million with
 * {@code -Dsuite.long=true}. The bounds are the same for both.
 */
@RealService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansIT {

    private static final int DOCUMENTS = Boolean.getBoolean("suite.long") ? 1_000_000 : 30_000;
    private static final long FIRST = 10_000_000;
    private static final long FEW_OWNER = 1_000_011;
    private static final long ALL_OWNER = 1_000_000;
    private static final long NEW_WORKER = 1_000_001;
    private static final Set<String> GROWING = Set.of("document", "document_version", "stat", "document_feed");

    private static final Duration BOUND = Duration.ofSeconds(20);

    @Autowired
    FreshDatabase own;

    @Autowired
    DatabaseClient database;

    private Connection connection;

    /**
     * One client has as many documents as a client may have. Nearly all were handled by one employee and are in two categories; a second
     * employee, a third category and the status «rejected» have five each. «рояль» has seven, «аренда» every tenth, «новинка» all of
     * the last fifth, «перфокарта» the first three thousand. «договор» and «справка» are in a third each and never meet.
     */
    private static final String GENERATED = """
            insert into user_account (id, keycloak_sub, user_type_id, created_at)
                select 1000000 + i, 'generated-' || i, 1, now() from generate_series(0, 500) i;
            insert into document (id, user_id, worker_id, category_id, description, status_id, plan_maturity_date, uploaded_at)
                select %2$d + i, case when i %% (%1$d / 5000) = 0 then 1000000 else 1000001 + i %% 500 end,
                       case when i %% 50 = 0 then null when i %% (%1$d / 5) = 1 then 1000001 else 456 end,
                       case when i %% (%1$d / 5) = 2 then 4 else 1 + i %% 2 end,
                       (array['Договор', 'Справка', 'Выписка'])[1 + i %% 3] || case when i %% 10 = 0 then ' аренды' else '' end
                           || case when i %% (%1$d / 7) = 9 then ' рояля' else '' end
                           || case when i > %1$d * 0.8 then ' новинка' when i <= 3000 then ' перфокарта' else '' end || ' № ' || i,
                       case when i %% 50 = 0 then 11 when i %% (%1$d / 5) = 3 then 13 else (array[12, 14, 15])[1 + i %% 3] end,
                       '2026-01-01', now() - (%1$d - i) * interval '30 seconds'
                from generate_series(1, %1$d) i;
            insert into document_version (document_id, no, storage_key, size, sha256, declared_type, detected_type, scan_status,
                    original_name, created_by, created_at)
                select id, 1, 'generated/' || id, 10, sha256(id::text::bytea), 'application/pdf', 'application/pdf', 'not_scanned',
                       'a.pdf', user_id, now() from document where id > %2$d;
            insert into stat (document_id, user_id, date, operation_status_id, actor)
                select id, user_id, now(), 11, 'user:generated-1' from document where id > %2$d;
            """;

    @BeforeAll
    void generate() throws SQLException {
        var server = own.server();
        try (Connection superuser = DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), own.name()),
                        server.username(),
                        server.password());
                Statement statement = superuser.createStatement()) {
            // Neither foreign keys nor triggers: what is written is right, and row by row it would take long.
            statement.execute("set session_replication_role = replica");
            for (String sql : GENERATED.formatted(DOCUMENTS, FIRST).strip().split(";\n")) {
                statement.execute(sql);
            }
            statement.execute("vacuum analyze");
        }
    }

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
    Stream<DynamicTest> aListReadsItsPageAlone() {
        LocalDate day = LocalDate.now().minusDays(2);
        return Stream.of(
                        list("newest", filter(null, null, null, null, null)),
                        list("the queue", filter(DocumentStatus.PENDING, null, null, null, null)),
                        list("a rare status", filter(DocumentStatus.REJECTED, null, null, null, null)),
                        list("a rare category", filter(null, 4, null, null, null)),
                        list("status and category", filter(DocumentStatus.PROCESSED, 1, null, null, null)),
                        list("a client of few documents", filter(null, null, FEW_OWNER, null, null)),
                        list("a client of many", filter(null, null, ALL_OWNER, null, null)),
                        list("the employee of nearly all", filter(null, null, null, 456L, null)),
                        list("a new employee", filter(null, null, null, NEW_WORKER, null)),
                        list("a day", new DocumentFilter(null, null, day, day, null, null, null)))
                .flatMap(tests -> tests);
    }

    private Stream<DynamicTest> list(String name, DocumentFilter filter) {
        return page(name, 1_000, filter);
    }

    /**
     * The documents with the words are counted up to a bound, then sorted or sought by time. Pages of one document count as well: for them,
     * with few documents already, PostgreSQL would walk the list by time in a plan for any words, were it asked to find them in one step.
     */
    @TestFactory
    Stream<DynamicTest> aSearchLooksAtABoundedNumberOfDocumentsHoweverRareOrCommonTheWord() {
        int counted = DocumentQuery.FEW + 1;
        return Stream.of(
                        words("what nobody wrote", "дирижабль", 10, Order.values()),
                        words("a rare word", "рояли", 100, Order.values()),
                        words("a word of every tenth document", "аренда", counted + 1_000, Order.values()),
                        words("a new word of a fifth of them", "новинки", counted + 200, Order.NEWEST),
                        words("a word gone out of use", "перфокарты", counted + 200, Order.OLDEST),
                        words(
                                "a word gone out of use",
                                "перфокарты",
                                counted + DocumentQuery.NEAR + 3_000 + 200,
                                Order.NEWEST),
                        words("common words that never meet", "договор справка", 10, Order.values()),
                        words("a common and a rare word", "договор рояль", 100, Order.values()))
                .flatMap(tests -> tests);
    }

    private Stream<DynamicTest> words(String name, String text, long most, Order... orders) {
        DocumentFilter filter = filter(null, null, null, null, text);
        return Arrays.stream(orders)
                .flatMap(order -> Stream.of(2, 51)
                        .flatMap(rows -> planned(
                                "%s, %s first, %d rows".formatted(name, order, rows),
                                DocumentQuery.page(filter, List.of(), rows, order),
                                plan -> {
                                    within(4_000, plan);
                                    assertThat(plan.rowsOf("document"))
                                            .as(plan.root().toPrettyString())
                                            .isLessThanOrEqualTo(most);
                                })));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"дирижабль", "рояли", "аренда", "новинки", "перфокарты", "договор справка", "договор рояль"})
    void aSearchPagesThroughWhatASortOfAllWithTheWordsGives(String text) {
        for (Order order : Order.values()) {
            List<Long> found = new ArrayList<>();
            List<String> position = List.of();
            for (int page = 0; page < 3; page++) {
                List<DocumentView> rows =
                        rows(DocumentQuery.page(filter(null, null, null, null, text), position, 51, order));
                rows.forEach(row -> found.add(row.id()));
                position = rows.isEmpty()
                        ? position
                        : List.of(
                                rows.getLast().uploadedAt().toString(),
                                Long.toString(rows.getLast().id()));
            }
            assertThat(found).as("%s first", order).isEqualTo(sorted(text, order, 3 * 51));
        }
    }

    private List<DocumentView> rows(DocumentQuery query) {
        return database.sql(query.sql())
                .bindValues(query.values())
                .map(DocumentView::from)
                .all()
                .collectList()
                .block(BOUND);
    }

    private List<Long> sorted(String text, Order order, int rows) {
        return database.sql("""
                        select id from document where deleted_at is null and search @@ websearch_to_tsquery('russian', :text)
                        order by uploaded_at %1$s, id %1$s limit %2$d
                        """.formatted(order == Order.NEWEST ? "desc" : "asc", rows))
                .bind("text", text)
                .mapValue(Long.class)
                .all()
                .collectList()
                .block(BOUND);
    }

    @TestFactory
    Stream<DynamicTest> aClientsDocumentsAreSearchedAmongHisAlone() {
        return page("a common word", 4_000, filter(null, null, FEW_OWNER, null, "аренда"));
    }

    @TestFactory
    Stream<DynamicTest> oneDocumentAndItsHistoryAreFoundByNumber() {
        Map<String, Object> id = Map.of("id", FIRST + DOCUMENTS / 2, "most", 1000);
        return Stream.concat(
                planned("get", 30, new DocumentQuery(DocumentView.SELECT + " and d.id = :id", id)),
                planned("history", 30, new DocumentQuery(DocumentHistory.SELECT, id)));
    }

    @TestFactory
    Stream<DynamicTest> whatWaitsIsCountedUpToABound() {
        return planned(
                "pending", 500, DocumentQuery.count(filter(DocumentStatus.PENDING, null, null, null, null), 100));
    }

    private static DocumentFilter filter(
            @Nullable DocumentStatus status,
            @Nullable Integer category,
            @Nullable Long owner,
            @Nullable Long worker,
            @Nullable String text) {
        return new DocumentFilter(status, category, null, null, owner, worker, text);
    }

    /** In both orders, from the beginning and from the middle on. */
    private Stream<DynamicTest> page(String name, long most, DocumentFilter filter) {
        List<String> middle = List.of(
                Instant.now().minusSeconds(30L * DOCUMENTS / 2).toString(), Long.toString(FIRST + DOCUMENTS / 2));
        return Arrays.stream(Order.values())
                .flatMap(order -> Stream.of(List.<String>of(), middle)
                        .flatMap(position -> planned(
                                "%s, %s first%s".formatted(name, order, position.isEmpty() ? "" : ", from the middle"),
                                most,
                                DocumentQuery.page(filter, position, 51, order))));
    }

    private Stream<DynamicTest> planned(String name, long most, DocumentQuery query) {
        return planned(name, query, plan -> within(most, plan));
    }

    private Stream<DynamicTest> planned(String name, DocumentQuery query, Consumer<Plan> promise) {
        return Arrays.stream(Plan.Kind.values())
                .map(kind -> DynamicTest.dynamicTest(
                        name + ", plan " + kind,
                        () -> promise.accept(Plan.of(connection, kind, query.sql(), query.values()))));
    }

    private static void within(long most, Plan plan) {
        assertThat(plan.tablesReadWhole()).as(plan.root().toPrettyString()).doesNotContainAnyElementsOf(GROWING);
        assertThat(plan.pages()).as(plan.root().toPrettyString()).isLessThanOrEqualTo(most);
    }
}

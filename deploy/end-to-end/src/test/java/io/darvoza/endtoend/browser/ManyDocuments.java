package io.darvoza.endtoend.browser;

import io.darvoza.endtoend.RunningSuite;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Ten thousand documents of {@code bank_client2} that wait, written past the service and taken away again. */
final class ManyDocuments implements AutoCloseable {

    static final int COUNT = 10_000;

    /** Longest names among them; far from numbers that the service gives. */
    private static final String FILL = """
            insert into document (id, user_id, category_id, description, status_id, plan_maturity_date, uploaded_at)
            select 900000000 + n, 124, 1 + mod(n, 5), case when mod(n, 7) = 0 then repeat('Оченьдлинноеслово', 20) else 'Лист № ' || n end,
                   11, date '2020-01-08', timestamptz '2020-01-01Z' + n * interval '1 minute'
            from generate_series(1, %d) n
            """.formatted(COUNT);

    private static final String FILL_VERSIONS = """
            insert into document_version (document_id, no, storage_key, size, sha256, declared_type, detected_type, page_count,
                                          scan_status, original_name, created_by, created_at)
            select 900000000 + n, 1, 'many/' || n, 20000, sha256(n::text::bytea), 'application/pdf', 'application/pdf', 1,
                   'not_scanned', 'scan-' || n || '.pdf', 124, now()
            from generate_series(1, %d) n
            """.formatted(COUNT);

    private ManyDocuments() {}

    static ManyDocuments written() {
        ManyDocuments many = new ManyDocuments();
        many.close();
        run(FILL, FILL_VERSIONS);
        run("analyze document, document_version");
        return many;
    }

    @Override
    public void close() {
        run(
                "delete from document_version where document_id between 900000001 and 900000000 + " + COUNT,
                "delete from document where id between 900000001 and 900000000 + " + COUNT);
    }

    /** In one transaction: a document needs its version, and the other way round. */
    private static void run(String... statements) {
        RunningSuite suite = RunningSuite.get();
        String address = "jdbc:postgresql://127.0.0.1:" + suite.partAt(15432).getPort() + "/banking_docs";
        try (Connection database =
                        DriverManager.getConnection(address, "banking_docs", suite.secret("database.banking_docs"));
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            database.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

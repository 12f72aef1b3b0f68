package io.darvoza.endtoend.browser;

import io.darvoza.endtoend.RunningSuite;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * An employee's decision about a document, as the service will make it: status and event in one transaction. It is made
 * past the service, whose operation for it is not built yet; everything after the outbox is the real way.
 */
final class DocumentDecision {

    private static final String APPROVE =
            "update document set status_id = 12, row_version = row_version + 1 where id = ?";
    private static final String TELL = """
        insert into outbox_event (event_id, topic, event_key, type, source, occurred_at, subject, aggregate_version,
                                  owner_kind, owner_id, payload)
        select gen_random_uuid(), 'banking-docs.document-status.v1', document.id::text,
               'banking-docs.document.status-changed.v1', '/banking-docs-service', now(), document.id::text,
               document.row_version, 'user', user_account.keycloak_sub, '{"status": "approved"}'
        from document join user_account on user_account.id = document.user_id where document.id = ?\
        """;

    private DocumentDecision() {}

    static void approve(String document) {
        try (Connection database = connect()) {
            database.setAutoCommit(false);
            execute(database, APPROVE, document);
            execute(database, TELL, document);
            database.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection database, String sql, String document) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setLong(1, Long.parseLong(document));
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("no document " + document);
            }
        }
    }

    private static Connection connect() throws SQLException {
        RunningSuite suite = RunningSuite.get();
        String address = "jdbc:postgresql://127.0.0.1:" + suite.partAt(15432).getPort() + "/banking_docs";
        return DriverManager.getConnection(address, "banking_docs", suite.secret("database.banking_docs"));
    }
}

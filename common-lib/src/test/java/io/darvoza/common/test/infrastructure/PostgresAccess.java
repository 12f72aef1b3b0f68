package io.darvoza.common.test.infrastructure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;

/** How to reach a PostgreSQL server as its superuser. */
public record PostgresAccess(String host, int port, String username, String password) {

    /**
     * A new, empty database with a login of the same name that owns it.
     *
     * @param purpose becomes part of the name
     */
    public FreshDatabase freshDatabase(String purpose) {
        String readable = purpose.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String name = "t_%s_%s"
                .formatted(
                        readable.substring(0, Math.min(30, readable.length())),
                        UUID.randomUUID().toString().substring(0, 8));
        execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, name));
        execute("CREATE DATABASE %s OWNER %s".formatted(name, name));
        execute("REVOKE CONNECT ON DATABASE %s FROM PUBLIC".formatted(name));
        return new FreshDatabase(this, name);
    }

    /** Runs a statement as superuser, outside of a transaction. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d/postgres".formatted(host, port), username, password);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}

package io.darvoza.common.test.infrastructure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** A database of one test's own. Closing drops it, whoever is still connected. */
public record FreshDatabase(PostgresAccess server, String name) implements AutoCloseable {

    public Map<String, String> properties() {
        return Map.of(
                "darvoza.database.host", server.host(),
                "darvoza.database.port", Integer.toString(server.port()),
                "darvoza.database.name", name,
                "darvoza.database.username", name,
                "darvoza.database.password", name);
    }

    /** A connection as the database's owner. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), name), name, name);
    }

    @Override
    public void close() {
        server.execute("DROP DATABASE %s WITH (FORCE)".formatted(name));
        server.execute("DROP ROLE " + name);
    }
}

package io.darvoza.common.test.infrastructure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    /** The first column of all rows, as text. */
    public List<String> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one number that a query gives. */
    public long number(String sql) {
        return Long.parseLong(query(sql).getFirst());
    }

    /** Changes something. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        server.execute("DROP DATABASE %s WITH (FORCE)".formatted(name));
        server.execute("DROP ROLE " + name);
    }
}

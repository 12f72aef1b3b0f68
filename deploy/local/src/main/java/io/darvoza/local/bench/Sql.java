package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.process.StartFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One connection to one database, as the server's administrator; each statement is a transaction of its own. */
record Sql(Connection connection) implements AutoCloseable {

    static Sql open(PostgresServer server, String database) {
        var address = "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), database);
        try {
            return new Sql(DriverManager.getConnection(address, PostgresServer.SUPERUSER, server.superuserPassword()));
        } catch (SQLException e) {
            throw new StartFailure(address + " refuses the measurement: " + e.getMessage());
        }
    }

    /** One statement, or several without values. */
    void run(String sql, Object... values) {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            var ignored = statement.execute();
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** The first column of every row. */
    List<String> texts(String sql) {
        try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    /** The one number that a query gives. */
    double number(String sql) {
        return Double.parseDouble(texts(sql).getFirst());
    }

    private static StartFailure failure(String sql, SQLException fault) {
        return new StartFailure(
                "%s: %s".formatted(sql.strip().lines().findFirst().orElse(sql), fault.getMessage()));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

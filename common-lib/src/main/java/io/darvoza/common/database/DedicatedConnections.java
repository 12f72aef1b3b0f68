package io.darvoza.common.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/**
 * Opens blocking connections outside of any pool, for what lives in a session: a session advisory lock is held exactly as long
 * as its connection.
 *
 * <p>Both sides notice when the other has gone without a word: this one by a socket time-out, the server by TCP keepalive within
 * half a minute; then the server frees the session's locks.
 */
public final class DedicatedConnections {

    private static final Duration SOCKET_MARGIN = Duration.ofSeconds(5);

    private final DatabaseProperties database;
    private final String applicationName;

    public DedicatedConnections(DatabaseProperties database, String applicationName) {
        this.database = database;
        this.applicationName = applicationName;
    }

    /**
     * A new connection in auto-commit mode, with the service's statement and lock time-outs.
     *
     * @param purpose shown by {@code pg_stat_activity} behind the service's name
     */
    public Connection open(String purpose) throws SQLException {
        var login = new Properties();
        login.setProperty("user", database.username());
        login.setProperty("password", database.password());
        login.setProperty("ApplicationName", applicationName + " " + purpose);
        login.setProperty("tcpKeepAlive", "true");
        login.setProperty("connectTimeout", seconds(database.connectTimeout()));
        login.setProperty("loginTimeout", seconds(database.connectTimeout().plus(SOCKET_MARGIN)));
        login.setProperty("socketTimeout", seconds(database.statementTimeout().plus(SOCKET_MARGIN)));
        login.setProperty(
                "options",
                "-c statement_timeout=%d -c lock_timeout=%d -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
                        .formatted(
                                database.statementTimeout().toMillis(),
                                database.lockTimeout().toMillis()));
        return DriverManager.getConnection(database.jdbcUrl(), login);
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}

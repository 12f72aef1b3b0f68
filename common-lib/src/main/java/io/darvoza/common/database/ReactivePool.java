package io.darvoza.common.database;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import java.util.Map;
import reactor.netty.resources.LoopResources;

/** Makes the pool of R2DBC connections. */
final class ReactivePool {

    private ReactivePool() {}

    static ConnectionPool of(DatabaseProperties database, String applicationName, LoopResources loops) {
        DatabaseProperties.Pool pool = database.pool();
        return new ConnectionPool(ConnectionPoolConfiguration.builder(factory(database, applicationName, loops))
                .name(applicationName)
                .initialSize(pool.initial())
                .maxSize(pool.max())
                .maxAcquireTime(pool.acquireTimeout())
                .maxCreateConnectionTime(database.connectTimeout())
                .maxIdleTime(pool.maxIdle())
                .maxLifeTime(pool.maxLife())
                .build());
    }

    private static PostgresqlConnectionFactory factory(
            DatabaseProperties database, String applicationName, LoopResources loops) {
        var configuration = PostgresqlConnectionConfiguration.builder()
                .host(database.host())
                .port(database.port())
                .database(database.name())
                .username(database.username())
                .password(database.password())
                .applicationName(applicationName)
                .sslMode(SSLMode.fromValue(database.sslMode()))
                .loopResources(loops)
                .tcpKeepAlive(true)
                .connectTimeout(database.connectTimeout())
                .statementTimeout(database.statementTimeout())
                .lockWaitTimeout(database.lockTimeout())
                .options(Map.of(
                        "idle_in_transaction_session_timeout",
                        Long.toString(database.idleInTransactionTimeout().toMillis())));
        if (!database.sslRootCert().isEmpty()) {
            configuration.sslRootCert(database.sslRootCert());
        }
        return new PostgresqlConnectionFactory(configuration.build());
    }
}

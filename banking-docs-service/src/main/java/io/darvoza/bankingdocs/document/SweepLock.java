package io.darvoza.bankingdocs.document;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets one instance of the service sweep at a time, by an advisory lock of its database session. A session that dies gives
 * the lock back by itself.
 */
@Component
final class SweepLock {

    /** «orphans» in ASCII; no other advisory lock of this database has this number. */
    private static final long NUMBER = 0x6F727068616E73L;

    private final ConnectionFactory connections;

    SweepLock(ConnectionFactory connections) {
        this.connections = connections;
    }

    /** Does the work if no other instance does; empty if one does. */
    <T> Mono<T> holding(Mono<T> work) {
        return Mono.usingWhen(
                connections.create(),
                connection -> ask(connection, "select pg_try_advisory_lock($1)")
                        .filter(Boolean::booleanValue)
                        .flatMap(locked -> Mono.usingWhen(
                                Mono.just(connection),
                                held -> work,
                                held -> ask(held, "select pg_advisory_unlock($1)"))),
                Connection::close);
    }

    private static Mono<Boolean> ask(Connection connection, String sql) {
        return Flux.from(connection.createStatement(sql).bind("$1", NUMBER).execute())
                .flatMap(result ->
                        (Publisher<Boolean>) result.map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class))))
                .next();
    }
}

package io.darvoza.egov;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** Callers before the whole service and a portal behind it that does as it is told; each test has limit and breaker to itself. */
@RealService
public abstract class Scene {

    protected static final Duration BOUND = Duration.ofSeconds(20);
    protected static final Portal PORTAL = TestPortal.PORTAL;

    private static final AtomicInteger USED = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private CircuitBreakerRegistry breakers;

    protected Http http;

    @BeforeEach
    protected void open() {
        http = new Http(port);
        PORTAL.forget();
        sql("delete from upstream_slot");
        sql("delete from upstream_key");
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    @AfterEach
    protected void close() {
        http.close();
    }

    /** A right number that no test has asked for. */
    protected static String fresh() {
        return Numbers.iin(USED.getAndIncrement());
    }

    /** A passport's number likewise. */
    protected static String freshPassport() {
        return "N%08d".formatted(20_000_000 + USED.getAndIncrement());
    }

    /** As if the five minutes were over, on this instance and for all. */
    protected static void grownOld() {
        TestPortal.CLOCK.advance(Duration.ofMinutes(6));
    }

    /** The breaker of the upstream. */
    protected CircuitBreaker breaker() {
        return breakers.circuitBreaker("egov-open-data");
    }

    protected void sql(String statement) {
        database.sql(statement).then().block(BOUND);
    }

    protected long count(String query) {
        return database.sql(query).mapValue(Long.class).one().block(BOUND);
    }

    protected String text(String query) {
        return database.sql(query).mapValue(String.class).one().block(BOUND);
    }

    protected List<byte[]> bytes(String query) {
        return database.sql(query)
                .map(row -> row.get(0, byte[].class))
                .all()
                .collectList()
                .block(BOUND);
    }

    /** Every row of a table, as JSON. */
    protected List<String> rows(String table) {
        return database.sql("select row_to_json(t)::text from %s t".formatted(table))
                .mapValue(String.class)
                .all()
                .collectList()
                .block(BOUND);
    }
}

package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.MeasuredCommand;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Gateway and payments-service as the suite runs them, on free ports, with empty backends of their own: nothing of a suite is
 * touched. Beside the service's database there is one of the same tables for SQL alone, and one for pgbench.
 */
record PaymentsSite(BenchBackends backends, BenchService payments, BenchService gateway, Path log, Closing closing)
        implements AutoCloseable {

    static final String SERVICE = "payments";
    static final String LEDGER = "ledger";
    static final String PGBENCH = "pgbench";

    /** Plans are written to the server's log while that is asked for; else the module costs next to nothing. */
    private static final List<String> OPTIONS = List.of("shared_preload_libraries=auto_explain");

    static PaymentsSite start(SuiteFolder suite, Path folder, URI jwks, Clock clock) {
        var closing = new Closing();
        try {
            var backends = closing.add(BenchBackends.start(
                    Programs.find(), folder, List.of("gateway", SERVICE, LEDGER, PGBENCH), OPTIONS));
            var command = MeasuredCommand.payments(suite, clock);
            BenchService.migrate("payments-service", command, service(backends, LEDGER, jwks), folder);
            var payments = closing.add(
                    BenchService.start("payments-service", command, service(backends, SERVICE, jwks), folder));
            var gateway = closing.add(BenchService.start(
                    "gateway",
                    MeasuredCommand.gateway(suite, clock),
                    backends.door(jwks, "payments-service", payments.address("")),
                    folder));
            return new PaymentsSite(backends, payments, gateway, folder.resolve("postgresql.log"), closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Map<String, Object> service(BenchBackends backends, String database, URI jwks) {
        var properties = backends.business(database, jwks);
        // One more than its own: banking-docs-service, which would make it, does not run here.
        properties.put(
                "darvoza.events.topics", List.of("payments.payment-status.v1", "banking-docs.document-status.v1"));
        // It reads whole tables and would come now and then; the measurement asks for it when it is due.
        properties.put("darvoza.payments.ledger.check-every", "1d");
        properties.put("darvoza.payments.ledger.check-timeout", "5m");
        return properties;
    }

    /** The server's own administrator in one of its databases. */
    Sql sql(String database) {
        return Sql.open(backends.postgres(), database);
    }

    @Override
    public void close() {
        closing.close();
    }
}

package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.infrastructure.S3Server;
import io.darvoza.local.process.FreePorts;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.MeasuredCommand;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Gateway and banking-docs-service as the suite runs them, on free ports, with empty backends of their own: nothing of a suite is
 * touched.
 */
record DocumentsSite(BenchBackends backends, BenchService gateway, Path log, Closing closing) implements AutoCloseable {

    static final String SERVICE = "banking_docs";

    private static final String BUCKET = "banking-docs";

    /** One more than its own: payments-service, which would make it, does not run here. */
    private static final List<String> TOPICS = List.of(
            "banking-docs.document-status.v1",
            "abs.document.submitted.v1",
            "abs.document.status.v1",
            "payments.payment-status.v1");

    /** Plans are written to the server's log while that is asked for; else the module costs next to nothing. */
    private static final List<String> OPTIONS = List.of("shared_preload_libraries=auto_explain");

    static DocumentsSite start(SuiteFolder suite, Path folder, URI jwks, Clock clock) {
        var closing = new Closing();
        try {
            var programs = Programs.find();
            var backends = closing.add(BenchBackends.start(programs, folder, List.of("gateway", SERVICE), OPTIONS));
            var s3 = FreePorts.next();
            closing.keep(S3Server.start(
                    programs,
                    new S3Server.Settings(
                            folder.resolve("s3"),
                            s3,
                            SERVICE,
                            backends.password(),
                            List.of(BUCKET),
                            folder.resolve("s3.log"))));
            var documents = closing.add(BenchService.start(
                    "banking-docs-service",
                    MeasuredCommand.bankingDocs(suite, clock),
                    service(backends, s3, jwks, folder),
                    folder));
            var gateway = closing.add(BenchService.start(
                    "gateway",
                    MeasuredCommand.gateway(suite, clock),
                    backends.door(jwks, "banking-docs-service", documents.address("")),
                    folder));
            return new DocumentsSite(backends, gateway, folder.resolve("postgresql.log"), closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Map<String, Object> service(BenchBackends backends, int s3, URI jwks, Path folder) {
        var properties = backends.business(SERVICE, jwks);
        properties.put("darvoza.events.topics", TOPICS);
        properties.put("darvoza.objectstore.endpoint", "http://127.0.0.1:" + s3);
        properties.put("darvoza.objectstore.region", "local");
        properties.put("darvoza.objectstore.bucket", BUCKET);
        properties.put("darvoza.objectstore.access-key", SERVICE);
        properties.put("darvoza.objectstore.secret-key", backends.password());
        properties.put(
                "darvoza.banking-docs.upload.spool-directory",
                folder.resolve("spool").toString());
        return properties;
    }

    /** The server's own administrator in the service's database. */
    Sql sql() {
        return Sql.open(backends.postgres(), SERVICE);
    }

    @Override
    public void close() {
        closing.close();
    }
}

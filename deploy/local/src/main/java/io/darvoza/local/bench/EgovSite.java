package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.MeasuredCommand;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** egov-service as the suite runs it, on free ports, with empty backends of its own and a played portal: nothing of a suite is touched. */
record EgovSite(BenchBackends backends, BenchService egov, PlayedPortal portal, Path log, Closing closing)
        implements AutoCloseable {

    static final String SERVICE = "egov";
    static final String VERIFY = "/v1/egov/verify/iin";

    /** What the service answers with least: a token and its role are checked, the answer has no body and needs no database. */
    static final String CONSTANT = "/admin/";

    private static final List<String> OPTIONS = List.of("shared_preload_libraries=auto_explain");

    static EgovSite start(SuiteFolder suite, Path folder, URI jwks, Clock clock) {
        var closing = new Closing();
        try {
            var portal = closing.add(new PlayedPortal());
            var backends = closing.add(BenchBackends.start(Programs.find(), folder, List.of(SERVICE), OPTIONS));
            var properties = backends.business(SERVICE, jwks);
            properties.put("EGOV_API_KEY", "bench");
            properties.put("EGOV_BASE_URL", portal.baseUrl());
            properties.put("EGOV_IIN_DATASET", "person/v1/iin");
            properties.put("darvoza.egov.settings.plain-hosts", "127.0.0.1");
            // Its looks would be counted among the requests.
            properties.put("darvoza.egov.health.enabled", false);
            properties.put("darvoza.egov.log.file", folder.resolve("egov_integration.log"));
            var egov = closing.add(
                    BenchService.start("egov-service", MeasuredCommand.egov(suite, clock), properties, folder));
            return new EgovSite(backends, egov, portal, folder.resolve("postgresql.log"), closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /** The server's own administrator. */
    Sql sql() {
        return Sql.open(backends.postgres(), SERVICE);
    }

    @Override
    public void close() {
        closing.close();
    }
}

package io.darvoza.local.supervisor;

import static io.darvoza.local.state.SuitePort.BANKING_DOCS;
import static io.darvoza.local.state.SuitePort.BANKING_DOCS_MANAGEMENT;
import static io.darvoza.local.state.SuitePort.DISCOVERY;
import static io.darvoza.local.state.SuitePort.DISCOVERY_MANAGEMENT;
import static io.darvoza.local.state.SuitePort.EGOV;
import static io.darvoza.local.state.SuitePort.EGOV_MANAGEMENT;
import static io.darvoza.local.state.SuitePort.GATEWAY;
import static io.darvoza.local.state.SuitePort.GATEWAY_MANAGEMENT;
import static io.darvoza.local.state.SuitePort.GOSUSLUGI;
import static io.darvoza.local.state.SuitePort.GOSUSLUGI_MANAGEMENT;
import static io.darvoza.local.state.SuitePort.IDENTIFICATION;
import static io.darvoza.local.state.SuitePort.IDENTIFICATION_MANAGEMENT;
import static io.darvoza.local.state.SuitePort.PAYMENTS;
import static io.darvoza.local.state.SuitePort.PAYMENTS_MANAGEMENT;
import static io.darvoza.local.state.SuitePort.SANDBOX;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuitePort;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Spring applications of the suite.
 *
 * @param module folder of the working copy
 * @param management port with its health, the same as {@code port} when it has no own one
 * @param database its own, or empty
 * @param path of its API at the gateway, or empty
 * @param jvm sized to what it does here; what carries load compiles fully, the others stop at the first compiler
 */
record Service(String module, SuitePort port, SuitePort management, String database, String path, List<String> jvm) {

    private static final List<String> SMALL = List.of("-Xms32m", "-Xmx96m", "-XX:TieredStopAtLevel=1");
    private static final List<String> USUAL = List.of("-Xms32m", "-Xmx192m", "-XX:TieredStopAtLevel=1");
    private static final List<String> LOADED = List.of("-Xms96m", "-Xmn48m", "-Xmx192m");

    static final Service REGISTRY = new Service("discovery", DISCOVERY, DISCOVERY_MANAGEMENT, "", "", SMALL);
    static final Service DOOR = new Service("gateway", GATEWAY, GATEWAY_MANAGEMENT, "gateway", "", LOADED);
    static final Service OUTSIDE = new Service("deploy/sandbox", SANDBOX, SANDBOX, "", "", SMALL);

    /** Those with a business. */
    static final List<Service> BUSINESS = List.of(
            new Service("gosuslugi-service", GOSUSLUGI, GOSUSLUGI_MANAGEMENT, "gosuslugi", "/v1/gosuslugi", USUAL),
            new Service(
                    "identification-service",
                    IDENTIFICATION,
                    IDENTIFICATION_MANAGEMENT,
                    "identification",
                    "/v1/identification",
                    USUAL),
            new Service("payments-service", PAYMENTS, PAYMENTS_MANAGEMENT, "payments", "/v1/payments", LOADED),
            new Service("egov-service", EGOV, EGOV_MANAGEMENT, "egov", "/v1/egov", LOADED),
            new Service(
                    "banking-docs-service", BANKING_DOCS, BANKING_DOCS_MANAGEMENT, "banking_docs", "/v1/dbo", LOADED));

    /**
     * Those of the services that people may choose among, the sandbox included; all of them when no name is given.
     *
     * @throws StartFailure when there is none of such a name
     */
    static List<Service> chosen(Collection<String> names) {
        var choices = Stream.concat(BUSINESS.stream(), Stream.of(OUTSIDE)).toList();
        var known = choices.stream().map(Service::name).toList();
        for (var name : names) {
            if (!known.contains(name)) {
                throw new StartFailure(
                        "There is no service %s; there are %s".formatted(name, String.join(", ", known)));
            }
        }
        return choices.stream()
                .filter(service -> names.isEmpty() || names.contains(service.name()))
                .toList();
    }

    String name() {
        return Path.of(module).getFileName().toString();
    }
}

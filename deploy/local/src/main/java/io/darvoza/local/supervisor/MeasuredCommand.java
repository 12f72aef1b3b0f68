package io.darvoza.local.supervisor;

import io.darvoza.local.state.SuiteFolder;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** How the suite runs its applications, for who measures them outside a suite: Java with its options, without environment. */
public final class MeasuredCommand {

    private MeasuredCommand() {}

    /** The gateway as the build made it. */
    public static List<String> gateway(SuiteFolder folder, Clock clock) {
        return of(Service.DOOR, folder, clock);
    }

    /** payments-service as the build made it. */
    public static List<String> payments(SuiteFolder folder, Clock clock) {
        return business("payments-service", folder, clock);
    }

    /** banking-docs-service as the build made it. */
    public static List<String> bankingDocs(SuiteFolder folder, Clock clock) {
        return business("banking-docs-service", folder, clock);
    }

    /** egov-service as the build made it. */
    public static List<String> egov(SuiteFolder folder, Clock clock) {
        return business("egov-service", folder, clock);
    }

    private static List<String> business(String name, SuiteFolder folder, Clock clock) {
        var service = Service.BUSINESS.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return of(service, folder, clock);
    }

    private static List<String> of(Service service, SuiteFolder folder, Clock clock) {
        return new ServiceProcess(service, folder, Map.of(), clock).command();
    }
}

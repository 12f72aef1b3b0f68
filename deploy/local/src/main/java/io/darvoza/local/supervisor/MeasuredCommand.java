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
        var payments = Service.BUSINESS.stream()
                .filter(service -> service.name().equals("payments-service"))
                .findFirst()
                .orElseThrow();
        return of(payments, folder, clock);
    }

    private static List<String> of(Service service, SuiteFolder folder, Clock clock) {
        return new ServiceProcess(service, folder, Map.of(), clock).command();
    }
}

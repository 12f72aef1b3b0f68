package io.darvoza.local.supervisor;

import io.darvoza.local.state.SuiteFolder;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** How the suite runs its gateway, for who measures it outside a suite. */
public final class GatewayCommand {

    private GatewayCommand() {}

    /** Java with its options and the gateway's program as the build made it; without its environment. */
    public static List<String> of(SuiteFolder folder, Clock clock) {
        return new ServiceProcess(Service.DOOR, folder, Map.of(), clock).command();
    }
}

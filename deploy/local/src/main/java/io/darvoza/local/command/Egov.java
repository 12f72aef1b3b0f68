package io.darvoza.local.command;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.ServiceCommand;
import io.darvoza.local.supervisor.SuiteLock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands over to egov-service's own commands. */
@Command(
        name = "egov",
        description =
                "Runs egov-service's commands on a running suite: setup-settings, check-health, verify-iin, show-settings.")
final class Egov implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        var folder = SuiteFolder.current();
        if (!SuiteLock.isHeld(folder)) {
            throw new StartFailure("The suite is not running; start it with ./suite up -d.");
        }
        if (arguments.isEmpty()) {
            throw new StartFailure("Which one: setup-settings, check-health, verify-iin or show-settings?");
        }
        return ServiceCommand.run(folder, "egov-service", arguments, Clock.systemUTC());
    }
}

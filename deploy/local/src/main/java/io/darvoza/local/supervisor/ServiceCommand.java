package io.darvoza.local.supervisor;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.Realm;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;

/** Runs a service's program once more, as a command beside the running suite: with its settings, on its database. */
public final class ServiceCommand {

    private ServiceCommand() {}

    /** Its exit code. Standard input and output are the caller's. */
    public static int run(SuiteFolder folder, String name, List<String> arguments, Clock clock)
            throws InterruptedException {
        var service = Service.BUSINESS.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StartFailure("There is no service " + name + "."));
        var environment =
                new ServiceEnvironment(folder, Secrets.existing(folder), Realm.read(folder.realm())).of(service);
        var command = new ServiceProcess(service, folder, environment, clock).command();
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command).inheritIO();
            process.environment().putAll(environment);
            return process.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

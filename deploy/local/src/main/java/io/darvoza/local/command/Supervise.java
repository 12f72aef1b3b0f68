package io.darvoza.local.command;

import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.Supervisor;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The process that {@link Up} starts. */
@Command(name = "supervise", hidden = true)
final class Supervise implements Callable<Integer> {

    @Parameters(arity = "0..*")
    private List<String> services = List.of();

    @Override
    public Integer call() {
        return Supervisor.run(SuiteFolder.current(), services, System.in);
    }
}

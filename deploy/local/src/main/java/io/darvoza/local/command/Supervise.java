package io.darvoza.local.command;

import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.Supervisor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The process that {@link Up} starts. */
@Command(name = "supervise", hidden = true)
final class Supervise implements Callable<Integer> {

    @Override
    public Integer call() {
        return Supervisor.run(SuiteFolder.current(), System.in);
    }
}

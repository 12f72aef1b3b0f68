package io.darvoza.local.command;

import io.darvoza.local.process.StartFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What the script {@code suite} runs. Exit codes: 0 done, 1 could not (said in one sentence), 2 wrong use. */
@Command(
        name = "./suite",
        description = "Runs Darvoza on this machine. SUITE_PORT_OFFSET shifts every port and keeps a second state.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Up.class,
            Down.class,
            Status.class,
            Logs.class,
            Reset.class,
            Token.class,
            Credentials.class,
            Demo.class,
            Egov.class,
            Bench.class,
            Supervise.class
        })
final class Suite {

    private Suite() {}

    static void main(String[] arguments) {
        var commandLine = new CommandLine(new Suite()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StartFailure || failure instanceof IllegalArgumentException) {
                command.getErr().println(failure.getMessage());
                return 1;
            }
            throw failure;
        });
        System.exit(commandLine.execute(arguments));
    }
}

package io.darvoza.local.command;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the end of a part's log and what follows. */
@Command(name = "logs", description = "Prints a part's log and follows it.")
final class Logs implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "A part of ./suite status, or supervisor.")
    private String name = "";

    @Option(names = "-n", paramLabel = "LINES", description = "How many lines to begin with (default 100).")
    private int lines = 100;

    @Option(names = "--no-follow", description = "Ends after those.")
    private boolean once;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = SuiteFolder.current();
        var log = folder.log(name);
        if (!Files.exists(log) || name.contains("/")) {
            throw new StartFailure("There is no log of %s; there are: %s".formatted(name, names(folder)));
        }
        var tail = once
                ? List.of("tail", "-n", Integer.toString(lines), log.toString())
                : List.of("tail", "-n", Integer.toString(lines), "-F", log.toString());
        return new ProcessBuilder(tail).inheritIO().start().waitFor();
    }

    private static String names(SuiteFolder folder) throws IOException {
        if (!Files.isDirectory(folder.logs())) {
            return "none";
        }
        try (Stream<Path> logs = Files.list(folder.logs())) {
            return logs.map(log -> log.getFileName().toString())
                    .filter(log -> log.endsWith(".log"))
                    .map(log -> log.replaceFirst("\\.log$", ""))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}

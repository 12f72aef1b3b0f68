package io.darvoza.local.command;

import io.darvoza.local.bench.StartBench;
import io.darvoza.local.state.SuiteFolder;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Seconds and memory of a start. */
@Command(name = "up", description = "Starts a stopped suite again and again: seconds until ready, memory then.")
final class BenchUp implements Callable<Integer> {

    @Option(names = "--repeats", defaultValue = "3", description = "Measured starts (default 3).")
    private int repeats;

    @Override
    public Integer call() {
        var bench = new StartBench(SuiteFolder.current(), Clock.systemUTC(), System.err::println);
        return Bench.published(bench.run(repeats, "./suite bench up"));
    }
}

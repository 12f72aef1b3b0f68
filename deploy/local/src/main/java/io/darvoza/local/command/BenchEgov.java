package io.darvoza.local.command;

import io.darvoza.local.bench.EgovBench;
import io.darvoza.local.bench.EgovPlan;
import io.darvoza.local.state.SuiteFolder;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verifications per second, and what many of them cost. */
@Command(
        name = "egov",
        description = "Remembered verifications beside a constant answer of the same service; with a million of them.")
final class BenchEgov implements Callable<Integer> {

    @Option(names = "--quick", description = "Three minutes; for work on the service, its page is printed only.")
    private boolean quick;

    @Option(names = "--long", description = "With ten million verifications.")
    private boolean longer;

    @Override
    public Integer call() {
        var bench = new EgovBench(SuiteFolder.current(), Clock.systemUTC(), System.err::println);
        if (quick) {
            return Bench.told(bench.run(EgovPlan.quick(), "egov", "./suite bench egov --quick"));
        }
        return Bench.published(
                longer
                        ? bench.run(EgovPlan.longer(), "egov-long", "./suite bench egov --long")
                        : bench.run(EgovPlan.full(), "egov", "./suite bench egov"));
    }
}

package io.darvoza.local.command;

import io.darvoza.local.bench.GatewayBench;
import io.darvoza.local.bench.GatewayPlan;
import io.darvoza.local.state.SuiteFolder;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Requests per second and added latency of the gateway. */
@Command(
        name = "gateway",
        description =
                "The gateway beside haproxy with token checks: requests/s, added latency, warm-up. Eight minutes.")
final class BenchGateway implements Callable<Integer> {

    @Option(names = "--quick", description = "Two minutes; for work on the gateway, its page is printed only.")
    private boolean quick;

    @Override
    public Integer call() {
        var bench = new GatewayBench(SuiteFolder.current(), Clock.systemUTC(), System.err::println);
        return quick
                ? Bench.told(bench.run(GatewayPlan.quick(), "./suite bench gateway --quick"))
                : Bench.published(bench.run(GatewayPlan.full(), "./suite bench gateway"));
    }
}

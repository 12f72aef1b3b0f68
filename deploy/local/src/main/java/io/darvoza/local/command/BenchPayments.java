package io.darvoza.local.command;

import io.darvoza.local.bench.PaymentsBench;
import io.darvoza.local.bench.PaymentsPlan;
import io.darvoza.local.state.SuiteFolder;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Payments per second, how late operators see them, and what many orders cost. */
@Command(
        name = "payments",
        description = "Payments beside pgbench on the same server: in SQL, over HTTP, live, with a million orders.")
final class BenchPayments implements Callable<Integer> {

    @Option(names = "--quick", description = "Five minutes; for work on the service, its page is printed only.")
    private boolean quick;

    @Override
    public Integer call() {
        var bench = new PaymentsBench(SuiteFolder.current(), Clock.systemUTC(), System.err::println);
        return quick
                ? Bench.told(bench.run(PaymentsPlan.quick(), "./suite bench payments --quick"))
                : Bench.published(bench.run(PaymentsPlan.full(), "./suite bench payments"));
    }
}

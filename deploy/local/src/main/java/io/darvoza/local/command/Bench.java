package io.darvoza.local.command;

import io.darvoza.local.bench.BenchPage;
import io.darvoza.local.state.SuiteFolder;
import picocli.CommandLine.Command;

/** Measurements; each is a subcommand. */
@Command(
        name = "bench",
        description = "Measures against a control in the same run and writes the result into docs/benchmarks.",
        synopsisSubcommandLabel = "NAME",
        subcommands = {BenchGateway.class, BenchDocuments.class, BenchPayments.class, BenchEgov.class, BenchUp.class})
final class Bench {

    /** Writes the page into {@code docs/benchmarks}, and tells it. */
    static int published(BenchPage page) {
        page.publish(SuiteFolder.current().root());
        return told(page);
    }

    /** Prints the page, and the promises that were missed; these make the command fail. */
    static int told(BenchPage page) {
        System.out.println(page.text());
        page.missed().forEach(what -> System.err.println("Missed: " + what));
        return page.missed().isEmpty() ? 0 : 1;
    }
}

package io.darvoza.local.command;

import io.darvoza.local.bench.DocumentsBench;
import io.darvoza.local.state.SuiteFolder;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Upload speed of documents. */
@Command(
        name = "documents",
        description =
                "Uploads through the gateway of a running suite beside a plain PUT to its S3 server; then, in a gateway and"
                        + " a service of their own, gets, lists, searches, pages and batches, with few and with many documents.")
final class BenchDocuments implements Callable<Integer> {

    @Option(names = "--repeats", defaultValue = "5", description = "Of A-B-B-A; each leaves 16 documents of 20 MB.")
    private int repeats;

    @Option(
            names = "--documents",
            defaultValue = "1000000",
            description = "To which the tables grow in the end; a million by default.")
    private int documents;

    @Override
    public Integer call() {
        var bench = new DocumentsBench(SuiteFolder.current(), Clock.systemUTC(), System.err::println);
        return Bench.published(bench.run(repeats, documents, "./suite bench documents"));
    }
}

package io.darvoza.local.bench;

import io.darvoza.local.infrastructure.PostgresServer;
import io.darvoza.local.process.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator: the control, and what runs our SQL in just the same way. */
record Pgbench(Tools tools, PostgresServer server, String password) {

    static final String PROGRAM = "pgbench";

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LONGEST_SCRIPT = Duration.ofMinutes(3);
    private static final Pattern RATE = Pattern.compile("^tps = ([0-9.]+)", Pattern.MULTILINE);
    private static final Pattern FAILED =
            Pattern.compile("^number of failed transactions: ([0-9]+)", Pattern.MULTILINE);

    /** Makes its tables, ten times 100 000 accounts. */
    void initialise(int scale) {
        var ignored = run(
                GRACE.plus(LONGEST_SCRIPT), PaymentsSite.PGBENCH, List.of("-i", "-q", "-s", Integer.toString(scale)));
    }

    /** Transactions per second of TPC-B over a time. */
    double tpcB(int clients, Duration time) {
        var words = List.of("-n", "-b", "tpcb-like", "-T", Long.toString(time.toSeconds()));
        return rate(run(time.plus(GRACE), PaymentsSite.PGBENCH, with(clients, words)));
    }

    /**
     * Runs of a script per second, so many of each client.
     *
     * @param definitions such as {@code first=0}
     */
    double script(Path script, int clients, int each, List<String> definitions) {
        var words = new ArrayList<>(List.of("-n", "-f", script.toString(), "-t", Integer.toString(each)));
        definitions.forEach(definition -> words.addAll(List.of("-D", definition)));
        return rate(run(LONGEST_SCRIPT, PaymentsSite.LEDGER, with(clients, words)));
    }

    /** Statements are prepared on both sides. */
    private static List<String> with(int clients, List<String> words) {
        var all = new ArrayList<>(words);
        all.addAll(List.of("-M", "prepared", "-c", Integer.toString(clients), "-j", "1"));
        return all;
    }

    private String run(Duration limit, String database, List<String> options) {
        var words = new ArrayList<>(List.of(tools.path(PROGRAM)));
        words.addAll(options);
        words.addAll(List.of("-h", server.host(), "-p", Integer.toString(server.port()), "-U", database, database));
        var environment = new HashMap<>(tools.environment());
        environment.put("PGPASSWORD", password);
        return new Command(words, Path.of("/"), environment, limit).output();
    }

    /** Transactions per second as it prints them; a failed one makes the whole run worthless. */
    static double rate(String output) {
        var failed = FAILED.matcher(output);
        if (failed.find() && !failed.group(1).equals("0")) {
            throw new StartFailure("pgbench failed in between:\n" + output);
        }
        return RATE.matcher(output)
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .map(Double::parseDouble)
                .orElseThrow(() -> new IllegalArgumentException("no output of pgbench: " + output));
    }

    String version() {
        return new Command(List.of(tools.path(PROGRAM), "--version"), Path.of("/"), tools.environment(), GRACE)
                .output()
                .strip();
    }
}

package io.darvoza.local.supervisor;

import io.darvoza.local.process.StartFailure;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What the supervisor says: to the log always, and to whoever started it for as long as they listen. */
final class Journal {

    private final PrintStream log;
    private final PrintStream starter;
    private final Clock clock;
    private volatile boolean startersGone;

    Journal(PrintStream log, PrintStream starter, Clock clock) {
        this.log = log;
        this.starter = starter;
        this.clock = clock;
    }

    synchronized void say(String line) {
        log.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + line);
        if (!startersGone) {
            starter.println(line);
        }
    }

    void ready(Part part, double seconds) {
        say(String.format(
                Locale.ROOT,
                "  %-24s ready in %5.1f s   127.0.0.1:%d",
                part.name(),
                seconds,
                part.ports().getFirst()));
    }

    void failed(StartFailure failure) {
        say(failure.sentence());
        failure.lastLogLines().forEach(line -> say("  | " + line));
    }

    /** From now on the log alone: the starter has gone and its pipe with it. */
    void starterLeaves() {
        startersGone = true;
    }
}

package io.darvoza.local.bench;

import io.darvoza.local.process.StartFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks one address as fast as it answers, each time with the next of a file's tokens. One thread of its own. */
record Wrk(String program, Map<String, String> environment, Path script, Path tokens) {

    private static final Duration GRACE = Duration.ofSeconds(15);

    WrkResult run(URI address, int connections, Duration duration) {
        var words = List.of(
                program,
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + duration.toSeconds() + "s",
                "--timeout=5s",
                "--latency",
                "--script=" + script,
                address.toString(),
                "--",
                tokens.toString());
        var output = new Command(words, Path.of("/"), environment, duration.plus(GRACE)).output();
        var result = WrkResult.parse(output);
        if (result.failures() > 0) {
            throw new StartFailure("%s failed %d times under load:%n%s".formatted(address, result.failures(), output));
        }
        return result;
    }
}

package io.darvoza.local.bench;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running haproxy, configured by a template of this package. */
record Haproxy(int port, Child process) implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    /** Starts one on this port. Each {@code @NAME@} of the template is replaced by its value. */
    static Haproxy start(Tools tools, String template, int port, Map<String, String> values, Path folder) {
        var all = new HashMap<>(values);
        all.put("PORT", Integer.toString(port));
        var text = Resources.text(template + ".cfg");
        for (var value : all.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        var configuration = folder.resolve(template + ".cfg");
        try {
            Files.writeString(configuration, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var words = List.of(tools.path("haproxy"), "-db", "-f", configuration.toString());
        var log = folder.resolve(template + ".log");
        var process = Readiness.started(
                new Child.Command("haproxy (" + template + ")", words, tools.environment(), log, "TERM"),
                START_LIMIT,
                Readiness.port(port));
        return new Haproxy(port, process);
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.close();
    }
}

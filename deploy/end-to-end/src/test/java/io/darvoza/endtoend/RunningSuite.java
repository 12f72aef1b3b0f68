package io.darvoza.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The suite as {@code ./suite up -d} starts it, on ports shifted by 5000 and with state of its own. Started once for the
 * tests of a JVM and stopped with it; a killed test JVM leaves a suite that the next run takes over.
 */
public final class RunningSuite {

    private static final int OFFSET = 5000;
    private static final Duration START = Duration.ofMinutes(5);

    private static RunningSuite started;

    private final Path root = root();

    private RunningSuite() {}

    /** The suite, healthy. The first call starts it. */
    public static synchronized RunningSuite get() {
        if (started == null) {
            RunningSuite suite = new RunningSuite();
            Runtime.getRuntime().addShutdownHook(new Thread(suite::down));
            suite.command(START, "up", "-d");
            started = suite;
        }
        return started;
    }

    /** The gateway's public address. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + (8080 + OFFSET));
    }

    /** The address of a part past the gateway. */
    public URI partAt(int port) {
        return URI.create("http://127.0.0.1:" + (port + OFFSET));
    }

    /** An access token of a demo user or client. */
    public String token(String name) {
        return command(Duration.ofSeconds(30), "token", name).strip();
    }

    /** User name and password of a demo user, or the secret of a client. */
    public JsonNode credentials(String name) {
        return JsonMapper.builder().build().readTree(command(Duration.ofSeconds(30), "credentials", name));
    }

    /** Runs {@code ./suite …} against this suite and gives what it printed; fails when it exits with a fault. */
    public String command(Duration limit, String... arguments) {
        try {
            Path output = Files.createTempFile("suite", ".out");
            Process process = start(output, arguments);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            if (!ended) {
                process.destroyForcibly();
                throw new IllegalStateException("suite " + String.join(" ", arguments) + " did not end:\n" + text);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("suite " + String.join(" ", arguments) + " failed:\n" + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the suite keeps data, logs and secrets. */
    public Path state() {
        return root.resolve(".suite-" + OFFSET);
    }

    private Process start(Path output, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(root.resolve("suite").toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile());
        builder.environment().put("SUITE_PORT_OFFSET", Integer.toString(OFFSET));
        // The build around this test has just made what is to be run.
        builder.environment().put("SUITE_BUILD", "off");
        return builder.start();
    }

    private void down() {
        try {
            Process process = start(Files.createTempFile("suite", ".out"), "down");
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("suite"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}

package io.darvoza.endtoend;

import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePorts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The suite as {@code ./suite up -d} starts it, on ports shifted by 5000, with state of its own and from nothing, since lists show
 * what is new. Started once for the tests of a JVM and stopped with it; a killed test JVM leaves a suite that the next run ends.
 */
public final class RunningSuite {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration TOKEN_KEPT = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(2);

    private static final int OFFSET = 5000;

    private static RunningSuite started;

    private final SuiteCommand suite = new SuiteCommand(OFFSET, false);
    private final Map<String, JsonNode> credentials = new ConcurrentHashMap<>();
    private final Map<String, KeptToken> tokens = new ConcurrentHashMap<>();

    private RunningSuite() {}

    /** The suite, healthy. The first call starts it. */
    public static synchronized RunningSuite get() {
        if (started == null) {
            RunningSuite suite = new RunningSuite();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> suite.command(STOP, "down")));
            suite.suite.run(STOP, "down");
            suite.command(ANSWER, "reset");
            suite.command(START, "up", "-d");
            started = suite;
        }
        return started;
    }

    /** The gateway's public address. */
    public URI address() {
        return suite.at(8080);
    }

    /** The address of a part past the gateway. */
    public URI partAt(int port) {
        return suite.at(port);
    }

    /** A token, and until when it is given again. */
    private record KeptToken(String token, Instant until) {}

    /** An access token of a demo user or client, good for some minutes more: to ask for one starts a JVM. */
    public String token(String name) {
        return tokens.compute(
                        name,
                        (_, kept) -> kept != null && Instant.now().isBefore(kept.until())
                                ? kept
                                : new KeptToken(
                                        command(ANSWER, "token", name).strip(),
                                        Instant.now().plus(TOKEN_KEPT)))
                .token();
    }

    /** User name and password of a demo user, or the secret of a client. */
    public JsonNode credentials(String name) {
        return credentials.computeIfAbsent(
                name, _ -> JsonMapper.builder().build().readTree(command(ANSWER, "credentials", name)));
    }

    /** A password that the launcher made for a part, by its name in the suite's secrets. */
    public String secret(String name) {
        return Secrets.existing(new SuiteFolder(state().getParent(), new SuitePorts(OFFSET)))
                .password(name);
    }

    /** Runs {@code ./suite …} against this suite and gives what it printed; fails when it exits with a fault. */
    public String command(Duration limit, String... arguments) {
        var result = suite.run(limit, arguments);
        if (result.exitCode() != 0) {
            throw new IllegalStateException("suite " + String.join(" ", arguments) + " failed:\n" + result.output());
        }
        return result.output();
    }

    /** Where the suite keeps data, logs and secrets. */
    public Path state() {
        return suite.state();
    }
}

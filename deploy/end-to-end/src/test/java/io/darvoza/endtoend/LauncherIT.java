package io.darvoza.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.SamplePdf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.json.JsonMapper;

/** What a launcher must bear. A second suite, on ports shifted by 2000, beside the one that the other tests use. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("suite on ports shifted by 2000") // its tests one after another
class LauncherIT {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(45);

    /** The one business that these starts are about; RunningSuite has all of them. */
    private static final String SERVICE = "banking-docs-service";

    private final SuiteCommand suite = new SuiteCommand(2000, true);
    private final String words = "launcher " + UUID.randomUUID();

    @TempDir
    Path folder;

    @BeforeEach
    void startFromNothing() {
        suite.run(STOP, "down");
        assertThat(suite.run(ANSWER, "reset").exitCode()).isZero();
    }

    @AfterEach
    void leaveNothing() {
        suite.run(STOP, "down");
        awaitNothingLeft();
        suite.run(ANSWER, "reset");
    }

    @Test
    void aSuiteBesideAnotherHealsItselfAndKeepsItsDataWhenKilled() throws Exception {
        RunningSuite other = RunningSuite.get();
        assertThat(suite.run(START, "up", "-d", SERVICE).exitCode()).isZero();

        runsNoServiceButTheChosenOne();
        secondUpSaysThatItRuns();
        String document = upload();
        hasItsOwnPeopleAndData(other, document);
        startsAKilledPartAgain(SERVICE);
        preparesAFasterStart("discovery");
        isGoneWhenItsSupervisorIsKilled();

        Path output = Files.createTempFile(folder, "up", ".out");
        Process up = suite.start(output, "up", SERVICE);
        awaitUntil(START, () -> said(output, "Ctrl-C stops it."));
        assertThat(read(document)).isEqualTo(200);
        assertThat(running(line -> line.contains("-XX:AOTCache=") && line.contains("discovery")))
                .isNotEmpty();
        // What Ctrl-C does; a test's own signal, since a background process may be started deaf to SIGINT.
        up.destroy();
        assertThat(up.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(suite.processes()).isEmpty();
    }

    @Test
    void aServiceThatThereIsNotIsNamedWithThoseThatThereAre() {
        var result = suite.run(ANSWER, "up", "-d", "banking");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("There is no service banking; there are ")
                .contains(SERVICE);
        assertThat(suite.processes()).isEmpty();
    }

    @Test
    void aTakenPortIsNamedWithItsHolder() throws Exception {
        try (var taken = new ServerSocket(18_379, 1, InetAddress.getLoopbackAddress())) {
            var result = suite.run(ANSWER, "up", "-d");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output())
                    .contains("Port " + taken.getLocalPort() + ", which redis needs, is taken by process "
                            + ProcessHandle.current().pid());
            assertThat(suite.processes()).isEmpty();
        }
    }

    @Test
    void aPartThatCannotStartEndsAllWithItsLastLines() throws Exception {
        Path data = Files.createDirectories(suite.state().resolve("data/postgresql"));
        Files.writeString(data.resolve("PG_VERSION"), "1\n");

        var result = suite.run(START, "up", "-d");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("PostgreSQL").contains("  | ");
        assertThat(suite.processes()).isEmpty();
    }

    @Test
    void nothingOutlivesAKilledLauncher() throws Exception {
        Path output = Files.createTempFile(folder, "up", ".out");
        Process up = suite.start(output, "up");
        awaitUntil(START, () -> said(output, "kafka"));
        assertThat(suite.processes()).isNotEmpty();

        up.destroyForcibly();

        awaitNothingLeft();
    }

    @Test
    void aMissingToolIsNamed() throws Exception {
        Path copy = folder.resolve("suite");
        Files.writeString(
                copy,
                Files.readString(SuiteCommand.root().resolve("suite")).replace("JAVA_RELEASE=25", "JAVA_RELEASE=1025"));
        Process process = new ProcessBuilder("bash", copy.toString(), "status")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes())).startsWith("JDK 1025 is missing");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private void runsNoServiceButTheChosenOne() {
        assertThat(suite.run(ANSWER, "status").output().lines().filter(line -> line.contains("-service ")))
                .singleElement()
                .asString()
                .startsWith(SERVICE);
    }

    private void secondUpSaysThatItRuns() {
        var second = suite.run(ANSWER, "up", "-d");

        assertThat(second.exitCode()).isZero();
        assertThat(second.output()).contains("The suite runs already");
        assertThat(suite.run(ANSWER, "status").exitCode()).isZero();
    }

    private void hasItsOwnPeopleAndData(RunningSuite other, String document) {
        assertThat(password(suite.run(ANSWER, "credentials", "bank_client").output()))
                .isNotEqualTo(other.credentials("bank_client").get("password").asString());
        // Both count from 1000, so the number may be there; the document is not.
        assertThat(new String(
                        new Http(other.address())
                                .get("/v1/abs/documents/" + document, other.token("abs_worker"))
                                .whole()
                                .body(),
                        StandardCharsets.UTF_8))
                .doesNotContain(words);
        assertThat(new Http(other.address()).get("/v1/dbo/users/me", token()).status())
                .isEqualTo(401);
    }

    private void startsAKilledPartAgain(String part) {
        // The JVM itself. The shell that watches over it carries the same words further back, a training run ends soon,
        // and the supervisor is told the part's name, not where it lies.
        kill(line -> line.split(" ", 2)[0].endsWith("/java")
                && line.contains("/applications/" + part)
                && !line.contains("-XX:AOTMode="));

        awaitUntil(ANSWER, () -> !statusOf(part).contains(" ready "));
        awaitUntil(START, () -> statusOf(part).matches(".* ready .* 1"));
        assertThat(suite.state().resolve("logs/supervisor.log"))
                .content()
                .contains(part + " ended with exit code 137 and is started again");
    }

    private static void preparesAFasterStart(String part) {
        awaitUntil(START, () -> {
            try (var files = Files.walk(SuiteCommand.root().resolve(".suite/applications"), 2)) {
                return files.anyMatch(file -> file.getFileName().toString().matches(part + "-.*[.]aot"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void isGoneWhenItsSupervisorIsKilled() {
        kill(line -> line.endsWith(" supervise " + SERVICE));

        awaitNothingLeft();
        assertThat(suite.run(ANSWER, "status").exitCode()).isEqualTo(1);
    }

    private void kill(Predicate<String> commandLine) {
        var victims = running(commandLine);
        assertThat(victims).hasSize(1);
        victims.getFirst().destroyForcibly();
    }

    private List<ProcessHandle> running(Predicate<String> commandLine) {
        return suite.processes().stream()
                .filter(process ->
                        process.info().commandLine().filter(commandLine).isPresent())
                .toList();
    }

    private String upload() {
        var reply = new Http(suite.at(8080))
                .upload(
                        token(),
                        "{\"description\": \"%s\", \"category\": \"Договоры\"}".formatted(words),
                        "sample.pdf",
                        "application/pdf",
                        SamplePdf.of(words));
        assertThat(reply.status()).isEqualTo(201);
        return reply.json().get("document_id").asString();
    }

    private int read(String document) {
        return new Http(suite.at(8080))
                .get("/v1/abs/documents/" + document, token())
                .status();
    }

    private String token() {
        return suite.run(ANSWER, "token", "bank_client").output().strip();
    }

    private String statusOf(String part) {
        return suite.run(ANSWER, "status")
                .output()
                .lines()
                .filter(line -> line.startsWith(part + " "))
                .findFirst()
                .orElse("");
    }

    private void awaitNothingLeft() {
        awaitUntil(END, () -> suite.processes().isEmpty());
    }

    private static String password(String credentials) {
        return JsonMapper.builder()
                .build()
                .readTree(credentials)
                .get("password")
                .asString();
    }

    private static boolean said(Path output, String words) {
        try {
            return Files.readString(output).contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitUntil(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            try {
                // Many a look starts a JVM.
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}

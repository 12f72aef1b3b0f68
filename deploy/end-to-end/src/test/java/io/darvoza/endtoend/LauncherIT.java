package io.darvoza.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.darvoza.local.client.Http;
import io.darvoza.local.client.SamplePdf;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePorts;
import io.darvoza.local.supervisor.PartStatus;
import io.darvoza.local.supervisor.SuiteStatus;
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
import org.junit.jupiter.api.BeforeAll;
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

    private static final int OFFSET = 2000;
    private static final SuiteCommand SUITE = new SuiteCommand(OFFSET, true);
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(45);

    /** The one business that these starts are about; RunningSuite has all of them. */
    private static final String SERVICE = "banking-docs-service";

    private final String words = "launcher " + UUID.randomUUID();

    @TempDir
    Path folder;

    @BeforeAll
    static void startFromNothing() {
        SUITE.run(STOP, "down");
        assertThat(SUITE.run(ANSWER, "reset").exitCode()).isZero();
    }

    @AfterEach
    void leaveNothing() {
        SUITE.run(STOP, "down");
        awaitNothingLeft();
        SUITE.run(ANSWER, "reset");
    }

    @Test
    void aSuiteBesideAnotherHealsItselfAndKeepsItsDataWhenKilled() throws Exception {
        RunningSuite other = RunningSuite.get();
        assertThat(SUITE.run(START, "up", "-d", SERVICE).exitCode()).isZero();

        runsNoServiceButTheChosenOne();
        secondUpSaysThatItRuns();
        String document = upload();
        hasItsOwnPeopleAndData(other, document);
        startsAKilledPartAgain(SERVICE);
        preparesAFasterStart("discovery");
        isGoneWhenItsSupervisorIsKilled();

        Path output = Files.createTempFile(folder, "up", ".out");
        Process up = SUITE.start(output, "up", SERVICE);
        awaitUntil(START, () -> said(output, "Ctrl-C stops it."));
        assertThat(read(document)).isEqualTo(200);
        assertThat(running(line -> line.contains("-XX:AOTCache=") && line.contains("discovery")))
                .isNotEmpty();
        // What Ctrl-C does; a test's own signal, since a background process may be started deaf to SIGINT.
        up.destroy();
        assertThat(up.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(SUITE.processes()).isEmpty();
    }

    @Test
    void aServiceThatThereIsNotIsNamedWithThoseThatThereAre() {
        var result = SUITE.run(ANSWER, "up", "-d", "banking");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("There is no service banking; there are ")
                .contains(SERVICE);
        assertThat(SUITE.processes()).isEmpty();
    }

    @Test
    void aTakenPortIsNamedWithItsHolder() throws Exception {
        try (var taken = new ServerSocket(18_379, 1, InetAddress.getLoopbackAddress())) {
            var result = SUITE.run(ANSWER, "up", "-d");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output())
                    .contains("Port " + taken.getLocalPort() + ", which redis needs, is taken by process "
                            + ProcessHandle.current().pid());
            assertThat(SUITE.processes()).isEmpty();
        }
    }

    @Test
    void aPartThatCannotStartEndsAllWithItsLastLines() throws Exception {
        Path data = Files.createDirectories(SUITE.state().resolve("data/postgresql"));
        Files.writeString(data.resolve("PG_VERSION"), "1\n");

        var result = SUITE.run(START, "up", "-d");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("PostgreSQL").contains("  | ");
        assertThat(SUITE.processes()).isEmpty();
    }

    @Test
    void nothingOutlivesAKilledLauncher() throws Exception {
        Path output = Files.createTempFile(folder, "up", ".out");
        Process up = SUITE.start(output, "up", SERVICE);
        awaitUntil(START, () -> said(output, "kafka"));
        assertThat(SUITE.processes()).isNotEmpty();

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
        assertThat(SUITE.run(ANSWER, "status").output().lines().filter(line -> line.matches("[a-z-]+-service .*")))
                .singleElement()
                .asString()
                .startsWith(SERVICE);
    }

    private void secondUpSaysThatItRuns() {
        var second = SUITE.run(ANSWER, "up", "-d");

        assertThat(second.exitCode()).isZero();
        assertThat(second.output()).contains("The suite runs already");
        assertThat(SUITE.run(ANSWER, "status").exitCode()).isZero();
    }

    private void hasItsOwnPeopleAndData(RunningSuite other, String document) {
        assertThat(password(SUITE.run(ANSWER, "credentials", "bank_client").output()))
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

        awaitUntil(
                ANSWER,
                () -> said(
                        SUITE.state().resolve("logs/supervisor.log"),
                        part + " ended with exit code 137 and is started again"));
        assertThat(statusOf(part)).doesNotContain(" ready ");
        // The command would start a JVM for each look.
        awaitUntil(START, () -> isReadyAfterOneRestart(part));
        assertThat(statusOf(part)).matches(".* ready .* 1");
    }

    private boolean isReadyAfterOneRestart(String part) {
        return SuiteStatus.read(new SuiteFolder(SUITE.state().getParent(), new SuitePorts(OFFSET)))
                .orElseThrow()
                .parts()
                .stream()
                .anyMatch(
                        one -> one.name().equals(part) && one.state() == PartStatus.State.READY && one.restarts() == 1);
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
        assertThat(SUITE.run(ANSWER, "status").exitCode()).isEqualTo(1);
    }

    private void kill(Predicate<String> commandLine) {
        var victims = running(commandLine);
        assertThat(victims).hasSize(1);
        victims.getFirst().destroyForcibly();
    }

    private List<ProcessHandle> running(Predicate<String> commandLine) {
        return SUITE.processes().stream()
                .filter(process ->
                        process.info().commandLine().filter(commandLine).isPresent())
                .toList();
    }

    private String upload() {
        var reply = new Http(SUITE.at(8080))
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
        return new Http(SUITE.at(8080))
                .get("/v1/abs/documents/" + document, token())
                .status();
    }

    private String token() {
        return SUITE.run(ANSWER, "token", "bank_client").output().strip();
    }

    private String statusOf(String part) {
        return SUITE.run(ANSWER, "status")
                .output()
                .lines()
                .filter(line -> line.startsWith(part + " "))
                .findFirst()
                .orElse("");
    }

    private void awaitNothingLeft() {
        awaitUntil(END, () -> SUITE.processes().isEmpty());
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
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}

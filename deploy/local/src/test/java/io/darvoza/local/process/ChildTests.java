package io.darvoza.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTests {

    @TempDir
    Path folder;

    @Test
    void theCommandsExitCodeAndOutputComeThrough() throws Exception {
        try (var child = Child.start(command("bash", "-c", "echo said; exit 7"))) {
            assertThat(child.await(10)).isEqualTo(7);
        }
        assertThat(log()).content().isEqualTo("said\n");
    }

    @Test
    void closingSendsTheStopSignalAndWaitsForTheEnd() throws Exception {
        var child = Child.start(new Child.Command(
                "child",
                List.of("bash", "-c", "trap 'echo orderly; exit 0' USR1; echo ready; while :; do sleep 0.05; done"),
                Map.of(),
                log(),
                "USR1"));
        Readiness.await(
                child, Duration.ofSeconds(10), () -> Files.readString(log()).contains("ready"));

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(log()).content().endsWith("orderly\n");
    }

    @Test
    void aChildEndsWhenItsStarterIsKilled() throws Exception {
        var starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildStarter.class.getName(),
                        log().toString())
                .redirectErrorStream(true)
                .start();
        var pid = Long.parseLong(starter.inputReader().readLine());
        var child = ProcessHandle.of(pid).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        starter.destroyForcibly().waitFor();

        child.onExit().get(10, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void readinessEndsWithTheProcess() {
        try (var child =
                Child.start(command("bash", "-c", "echo first; echo '\tat a.stack.Frame'; echo last; exit 3"))) {
            assertThatThrownBy(() -> Readiness.await(child, Duration.ofSeconds(10), () -> false))
                    .isInstanceOfSatisfying(StartFailure.class, failure -> {
                        assertThat(failure).hasMessage("child ended with exit code 3");
                        assertThat(failure.lastLogLines()).containsExactly("first", "last");
                    });
        }
    }

    @Test
    void readinessIsBounded() {
        try (var child = Child.start(command("sleep", "60"))) {
            assertThatThrownBy(() -> Readiness.await(child, Duration.ofMillis(200), () -> {
                        throw new IOException("not yet");
                    }))
                    .hasMessage("child did not become ready within 0 s");
        }
    }

    private Child.Command command(String... words) {
        return new Child.Command("child", List.of(words), log());
    }

    private Path log() {
        return folder.resolve("child.log");
    }
}

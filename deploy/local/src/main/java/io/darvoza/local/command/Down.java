package io.darvoza.local.command;

import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.SuiteLock;
import io.darvoza.local.supervisor.SuiteStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the suite and returns when nothing of it is left. */
@Command(name = "down", description = "Stops the suite.")
final class Down implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Override
    public Integer call() throws InterruptedException {
        var folder = SuiteFolder.current();
        if (!SuiteLock.isHeld(folder)) {
            System.out.println("The suite is not running.");
            return 0;
        }
        System.out.printf(Locale.ROOT, "Stopped in %.1f s.%n", stop(folder).toMillis() / 1e3);
        return 0;
    }

    /** Returns how long it took. */
    static Duration stop(SuiteFolder folder) throws InterruptedException {
        var begin = System.nanoTime();
        var supervisor = SuiteStatus.read(folder)
                .flatMap(status -> ProcessHandle.of(status.pid()))
                .orElseThrow(() -> new StartFailure("The suite is just starting or stopping; try again in a moment."));
        supervisor.destroy();
        while (SuiteLock.isHeld(folder)) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                supervisor.destroyForcibly();
                throw new StartFailure(
                        "The suite did not stop within %d s; its supervisor was killed, its parts follow."
                                .formatted(LIMIT.toSeconds()));
            }
            Thread.sleep(50);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}

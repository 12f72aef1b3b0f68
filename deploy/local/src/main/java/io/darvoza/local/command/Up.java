package io.darvoza.local.command;

import io.darvoza.local.infrastructure.JavaCommand;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.SuiteLock;
import io.darvoza.local.supervisor.SuiteStatus;
import io.darvoza.local.supervisor.Supervisor;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Starts the suite. The work is done by the {@link Supervisor}, a process in a session of its own, so that Ctrl-C
 * reaches this process only; the supervisor stops everything in order when this process ends.
 */
@Command(name = "up", description = "Starts the suite and stops it on Ctrl-C.")
final class Up implements Callable<Integer> {

    @Option(names = "-d", description = "Returns when the suite is healthy; ./suite down stops it.")
    private boolean detached;

    @Parameters(
            arity = "0..*",
            paramLabel = "SERVICE",
            description = "Only these services, with all that every service needs. Without a name: all of them.")
    private List<String> services = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = SuiteFolder.current().create();
        if (SuiteLock.isHeld(folder)) {
            sayThatItRuns(folder);
            return 0;
        }
        var begin = System.nanoTime();
        var supervisor = startSupervisor(folder, services);
        // The pipe must stay open until this process has ended: it is what tells the supervisor.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> letStop(supervisor)));
        var lines = supervisor.inputReader();
        if (!relayUntilReady(lines)) {
            return supervisor.waitFor();
        }
        System.out.printf(Locale.ROOT, "%nReady in %.1f s.%n%n", (System.nanoTime() - begin) / 1e9);
        System.out.println(new Welcome(folder.ports()).text());
        if (detached) {
            supervisor.getOutputStream().write(Supervisor.STAY);
            supervisor.getOutputStream().flush();
            Runtime.getRuntime().halt(0);
        }
        System.out.println("Ctrl-C stops it.");
        relay(lines);
        return supervisor.waitFor();
    }

    private static void sayThatItRuns(SuiteFolder folder) {
        var healthy = SuiteStatus.read(folder).map(SuiteStatus::healthy).orElse(false);
        System.out.println(healthy ? "The suite runs already." : "The suite is being started already.");
        System.out.println(new Welcome(folder.ports()).text());
    }

    private static Process startSupervisor(SuiteFolder folder, List<String> services) {
        var words = new ArrayList<>(List.of(
                "setsid",
                JavaCommand.PATH,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Suite.class.getName(),
                "supervise"));
        words.addAll(services);
        try {
            return new ProcessBuilder(words)
                    .directory(folder.root().toFile())
                    .redirectError(Redirect.appendTo(folder.log("supervisor").toFile()))
                    .start();
        } catch (IOException e) {
            throw new StartFailure("The supervisor cannot be started: " + e.getMessage());
        }
    }

    private static boolean relayUntilReady(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(Supervisor.READY)) {
                return true;
            }
            System.out.println(line);
        }
        return false;
    }

    private static void relay(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(line);
        }
    }

    /** Closes the pipe and stays until the suite is down. */
    private static void letStop(Process supervisor) {
        try {
            supervisor.getOutputStream().close();
            supervisor.waitFor();
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

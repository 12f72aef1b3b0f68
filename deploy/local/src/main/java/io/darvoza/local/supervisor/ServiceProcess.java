package io.darvoza.local.supervisor;

import io.darvoza.local.infrastructure.JavaCommand;
import io.darvoza.local.process.Child;
import io.darvoza.local.process.Readiness;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How one of the suite's Spring applications is run as a process. */
record ServiceProcess(Service service, SuiteFolder folder, Map<String, String> environment, Clock clock) {

    private static final Duration START_LIMIT = Duration.ofSeconds(300);
    private static final Duration TRAINING_LIMIT = Duration.ofSeconds(300);

    /**
     * Every JVM of the suite; a cache fits a JVM with the same of these only. With the usual thresholds the serial collector stops
     * everything for up to a third of a second, at the start for each step by which classes grow, under load for what has been
     * compiled anew; it looks for classes and code that nobody needs any more, of which a service has few.
     */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=192m",
            "-XX:SweeperThreshold=60",
            "-XX:+UseCompactObjectHeaders",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /**
     * The second compiler waits for 25 times the calls that it usually would: on two cores, what it compiles while everything
     * starts doubles the time of those services that use it. More would save little more, and services come to their speed later.
     */
    private static final List<String> LATE_SECOND_COMPILER = List.of(
            "-XX:Tier4InvocationThreshold=125000",
            "-XX:Tier4MinInvocationThreshold=15000",
            "-XX:Tier4CompileThreshold=375000",
            "-XX:Tier4BackEdgeThreshold=1000000");

    /** Starts and returns when the application says that it is ready. */
    Child start() {
        return Readiness.started(
                new Child.Command(service.name(), command(LATE_SECOND_COMPILER), environment, log(), "TERM"),
                START_LIMIT,
                Readiness.http(health()));
    }

    /** What {@link #start} runs, but with the compilers as they come: who measures warms up first. */
    List<String> command() {
        return command(List.of());
    }

    private List<String> command(List<String> starting) {
        var application = Application.of(folder, service.module(), clock);
        var options = new ArrayList<>(service.jvm());
        options.addAll(starting);
        if (application.isCached()) {
            options.add("-XX:AOTCache=" + application.cache());
            // A cache that does not fit is no reason to stop, nor to fill the log.
            options.add("-Xlog:aot=off,cds=off");
        }
        return command(options, application.jar());
    }

    /** Whether its next start can be made faster by {@link #train}. */
    boolean isUntrained() {
        return !Application.of(folder, service.module(), clock).isCached();
    }

    /**
     * Starts it once more beside the running one, up to the point where it would open its port, and keeps what the JVM
     * has loaded and linked for the next starts. At the lowest priority, since nobody waits for it.
     */
    void train() {
        var application = Application.of(folder, service.module(), clock);
        var cache = application.cache();
        // Aside, since a JVM that is killed while it writes leaves half a cache; a suite of another offset may train
        // it, too.
        var aside = cache.getFileName() + "-" + ProcessHandle.current().pid();
        var learnt = cache.resolveSibling(aside + ".learnt");
        var written = cache.resolveSibling(aside + ".part");
        // Two processes of ours: of one that does both, the JVM that it starts for the second would outlive us.
        training(
                application, "-XX:AOTMode=record", "-XX:AOTConfiguration=" + learnt, "-Dspring.context.exit=onRefresh");
        training(application, "-XX:AOTMode=create", "-XX:AOTConfiguration=" + learnt, "-XX:AOTCache=" + written);
        try {
            Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(learnt);
        } catch (IOException e) {
            throw new StartFailure("What " + service.name() + " has learnt cannot be kept: " + e.getMessage());
        }
    }

    private void training(Application application, String... more) {
        var options = new ArrayList<>(service.jvm());
        options.addAll(List.of(more));
        var words = new ArrayList<>(List.of("nice", "-n", "19"));
        words.addAll(command(options, application.jar()));
        var log = folder.log("training-" + service.name());
        try (var child =
                Child.start(new Child.Command("The training of " + service.name(), words, environment, log, "TERM"))) {
            if (child.await(TRAINING_LIMIT.toSeconds()) != 0) {
                throw new StartFailure(service.name() + " could not be trained", log);
            }
        }
    }

    private List<String> command(List<String> options, Path jar) {
        var words = new ArrayList<String>();
        words.add(JavaCommand.PATH);
        words.addAll(JVM);
        words.add("-Djava.io.tmpdir=" + folder.temporary());
        words.addAll(options);
        words.addAll(List.of("-jar", jar.toString()));
        return words;
    }

    private URI health() {
        return folder.ports().address(service.management()).resolve("/actuator/health/readiness");
    }

    private Path log() {
        return folder.log(service.name());
    }
}

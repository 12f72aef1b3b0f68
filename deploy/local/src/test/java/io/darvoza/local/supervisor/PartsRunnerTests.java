package io.darvoza.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darvoza.local.process.Child;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.state.SuitePorts;
import io.darvoza.local.supervisor.PartStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsRunnerTests {

    @TempDir
    Path root;

    private final List<String> started = new CopyOnWriteArrayList<>();
    private final Map<String, Child> children = new ConcurrentHashMap<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private SuiteFolder folder;
    private PartsRunner runner;

    @BeforeEach
    void makeFolder() {
        folder = new SuiteFolder(root, new SuitePorts(2000)).create();
    }

    @AfterEach
    void stop() {
        runner.stopAll();
        assertThat(children.values()).noneMatch(Child::isAlive);
    }

    @Test
    void startsWhatIsNeededFirst() {
        runner = runner(part("store", Set.of()), part("service", Set.of("store")), part("page", Set.of("service")));

        runner.startAll();

        assertThat(started).containsExactly("store", "service", "page");
        assertThat(status()).allMatch(part -> part.state() == State.READY);
    }

    @Test
    void stopsInTheOppositeOrder() {
        runner = runner(part("store", Set.of()), part("service", Set.of("store")));
        runner.startAll();

        runner.stopAll();

        assertThat(status().get(1).since()).isBefore(status().get(0).since());
        assertThat(status()).allMatch(part -> part.state() == State.STOPPED);
    }

    @Test
    void theFirstFailureEndsTheStart() {
        runner = runner(
                part("store", Set.of()),
                part("broken", Set.of("store"), () -> {
                    throw new StartFailure("broken is broken");
                }),
                part("later", Set.of("broken")));

        assertThatThrownBy(runner::startAll).isInstanceOf(StartFailure.class).hasMessage("broken is broken");
        assertThat(started).containsExactly("store");
    }

    @Test
    void aFaultThatNobodyForesawIsTold() {
        runner = runner(part("store", Set.of(), () -> {
            throw new IllegalStateException("no space left");
        }));

        assertThatThrownBy(runner::startAll)
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("store could not be started: ")
                .hasMessageEndingWith("no space left");
    }

    @Test
    void aPartThatDiesWhileOthersStartEndsTheStart() {
        runner = runner(part("short", Set.of(), () -> sleeping("short", "0.3")), part("slow", Set.of(), () -> {
            pause(Duration.ofSeconds(5));
            return sleeping("slow", "100");
        }));

        assertThatThrownBy(runner::startAll).hasMessage("short ended with exit code 0");
    }

    @Test
    void aPartThatDiesLaterIsStartedAgainAndThatIsSaid() {
        runner = runner(part("store", Set.of()));
        runner.startAll();
        var first = children.get("store");

        var wrapper = ProcessHandle.of(first.pid()).orElseThrow();
        // The command and the watcher of the pipe.
        await(() -> wrapper.children().count() == 2);
        wrapper.children().forEach(ProcessHandle::destroyForcibly);

        await(() -> children.get("store") != first && status().getFirst().state() == State.READY);
        assertThat(status().getFirst().restarts()).isEqualTo(1);
        assertThat(said.toString()).contains("store ended with exit code").contains("is started again");
    }

    @Test
    void aPartThatCannotBeStartedAgainIsTriedOnceMore() {
        var tries = new AtomicInteger();
        runner = runner(part("store", Set.of(), () -> {
            if (tries.incrementAndGet() == 2) {
                throw new IllegalStateException("no space left");
            }
            return sleeping("store", tries.get() == 1 ? "0.3" : "100");
        }));
        runner.startAll();

        await(() -> tries.get() == 3 && status().getFirst().state() == State.READY);
        assertThat(said.toString()).contains("store could not be started: ").contains("no space left");
    }

    private PartsRunner runner(Part... parts) {
        var out = new PrintStream(said, true);
        var journal = new Journal(out, out, Clock.systemUTC());
        return new PartsRunner(List.of(parts), new Board(folder, List.of(parts), Clock.systemUTC()), journal);
    }

    private Part part(String name, Set<String> needs) {
        return part(name, needs, () -> {
            pause(Duration.ofMillis(30));
            return sleeping(name, "100");
        });
    }

    private Part part(String name, Set<String> needs, Supplier<Child> start) {
        return new Part(name, needs, List.of(1), start);
    }

    private Child sleeping(String name, String seconds) {
        var child = Child.start(new Child.Command(name, List.of("sleep", seconds), root.resolve(name + ".log")));
        started.add(name);
        children.put(name, child);
        return child;
    }

    private List<PartStatus> status() {
        return SuiteStatus.read(folder).orElseThrow().parts();
    }

    private void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time, having said: %s", said).isLessThan(deadline);
            pause(Duration.ofMillis(20));
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new StartFailure("interrupted");
        }
    }
}

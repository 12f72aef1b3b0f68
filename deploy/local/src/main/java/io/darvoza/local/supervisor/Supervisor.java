package io.darvoza.local.supervisor;

import io.darvoza.local.infrastructure.Programs;
import io.darvoza.local.process.StartFailure;
import io.darvoza.local.state.Realm;
import io.darvoza.local.state.Secrets;
import io.darvoza.local.state.SuiteFolder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * The process behind a running suite. It talks to its starter by two pipes: what it prints, and a byte that it reads.
 * The byte {@link #STAY} lets it live on alone; a pipe that closes without it, because the starter ended or was killed,
 * stops the suite, as SIGTERM does.
 */
public final class Supervisor {

    /** The line printed when all parts are ready. */
    public static final String READY = "\u0006";

    /** Sent by a starter that leaves. */
    public static final int STAY = 's';

    /** Off in the environment of a suite that is not started again, so that faster starts are not worth their time. */
    private static final String TRAINING = "SUITE_TRAINING";

    private final SuiteFolder folder;
    private final Journal journal;
    private final PartsRunner runner;
    private final Board board;
    private final Parts parts;
    private final CountDownLatch stopAsked = new CountDownLatch(1);

    private Supervisor(SuiteFolder folder, List<Service> chosen, Journal journal, Clock clock) {
        this.folder = folder;
        this.journal = journal;
        this.parts =
                new Parts(folder, Programs.find(), Secrets.open(folder), Realm.read(folder.realm()), chosen, clock);
        var all = parts.all();
        new PortCheck(journal).requireFree(all, SuiteStatus.read(folder).isPresent());
        this.board = new Board(folder, all, clock);
        this.runner = new PartsRunner(all, board, journal);
    }

    /**
     * Runs the suite until it is asked to stop; returns the process's exit code.
     *
     * @param services names of the only ones to run beside registry and gateway, or none for all
     */
    public static int run(SuiteFolder folder, List<String> services, InputStream fromStarter) {
        var clock = Clock.systemUTC();
        var journal = new Journal(System.err, System.out, clock);
        var lock = SuiteLock.take(folder.create());
        if (lock.isEmpty()) {
            journal.say("The suite runs already.");
            return 1;
        }
        try (var held = lock.get()) {
            return new Supervisor(folder, Service.chosen(services), journal, clock).supervise(fromStarter);
        } catch (StartFailure failure) {
            journal.failed(failure);
            return 1;
        }
    }

    private int supervise(InputStream fromStarter) {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndAwait(stopped)));
        Thread.ofVirtual().start(() -> obey(fromStarter));
        try {
            runner.startAll();
            new FrontDoor(folder).awaitOpen(parts.chosen());
            serve();
            return 0;
        } catch (StartFailure failure) {
            journal.failed(failure);
            return 1;
        } finally {
            journal.say("Stopping");
            runner.stopAll();
            SuiteStatus.delete(folder);
            journal.say("Stopped");
            stopped.countDown();
        }
    }

    private void serve() {
        board.healthy();
        if ("off".equals(System.getenv(TRAINING))) {
            journal.say(READY);
            await(stopAsked);
            return;
        }
        // Before the starter hears of it, so that nobody takes a suite for idle whose training has yet to begin.
        board.note("Preparing faster starts");
        journal.say(READY);
        try (var background = Executors.newVirtualThreadPerTaskExecutor()) {
            var training = background.submit(new Training(parts.services(), board, journal));
            await(stopAsked);
            training.cancel(true);
        }
    }

    private void obey(InputStream fromStarter) {
        try {
            if (fromStarter.read() == STAY) {
                journal.starterLeaves();
                return;
            }
        } catch (IOException e) {
            // Broken is as good as closed.
        }
        askToStop();
    }

    private void askToStop() {
        stopAsked.countDown();
        runner.abandonStart();
    }

    private void stopAndAwait(CountDownLatch stopped) {
        askToStop();
        await(stopped);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

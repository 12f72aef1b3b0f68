package io.darvoza.local.supervisor;

import io.darvoza.local.state.SuiteFolder;
import io.darvoza.local.supervisor.PartStatus.State;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The state of all parts, written to the status file at every change. */
final class Board {

    private final SuiteFolder folder;
    private final Clock clock;
    private final Instant since;
    private final Map<String, PartStatus> parts = new LinkedHashMap<>();
    private boolean healthy;
    private String note = "";

    Board(SuiteFolder folder, List<Part> parts, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.since = clock.instant();
        parts.forEach(part -> this.parts.put(
                part.name(),
                new PartStatus(
                        part.name(), State.WAITING, since, 0, 0, part.ports().getFirst())));
        write();
    }

    void starting(Part part) {
        change(part, status -> status.now(State.STARTING, clock.instant()));
    }

    void ready(Part part, double seconds) {
        change(part, status -> status.ready(seconds, clock.instant()));
    }

    /** Returns how often it has died since the suite came up. */
    int died(Part part) {
        change(part, status -> status.died(clock.instant()));
        return of(part).restarts();
    }

    void stopped(Part part) {
        change(part, status -> status.now(State.STOPPED, clock.instant()));
    }

    synchronized void healthy() {
        healthy = true;
        write();
    }

    synchronized void note(String text) {
        note = text;
        write();
    }

    synchronized List<String> notReady() {
        return parts.values().stream()
                .filter(status -> status.state() != State.READY)
                .map(PartStatus::name)
                .toList();
    }

    private synchronized PartStatus of(Part part) {
        return parts.getOrDefault(part.name(), new PartStatus(part.name(), State.STOPPED, since, 0, 0, 0));
    }

    private synchronized void change(Part part, UnaryOperator<PartStatus> step) {
        parts.computeIfPresent(part.name(), (name, status) -> step.apply(status));
        write();
    }

    private void write() {
        new SuiteStatus(ProcessHandle.current().pid(), since, healthy, note, List.copyOf(parts.values())).write(folder);
    }
}

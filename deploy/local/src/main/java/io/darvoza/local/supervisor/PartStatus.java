package io.darvoza.local.supervisor;

import java.time.Instant;

/**
 * How a part is doing.
 *
 * @param seconds its last start took
 * @param restarts since the suite came up
 * @param port that people are told
 */
public record PartStatus(String name, State state, Instant since, double seconds, int restarts, int port) {

    /** Where a part is in its life. */
    public enum State {
        WAITING,
        STARTING,
        READY,
        RESTARTING,
        STOPPED
    }

    PartStatus now(State next, Instant time) {
        return new PartStatus(name, next, time, seconds, restarts, port);
    }

    PartStatus ready(double secondsTaken, Instant time) {
        return new PartStatus(name, State.READY, time, secondsTaken, restarts, port);
    }

    PartStatus died(Instant time) {
        return new PartStatus(name, State.RESTARTING, time, seconds, restarts + 1, port);
    }
}

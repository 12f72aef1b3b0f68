package io.darvoza.local.supervisor;

import io.darvoza.local.process.PortHolder;
import io.darvoza.local.process.StartFailure;
import java.time.Duration;
import java.util.List;

/** No part is started before all ports are known to be free. */
record PortCheck(Journal journal) {

    /** Parts of a supervisor that was killed take at most this long to be gone. */
    private static final Duration PREDECESSORS_END = Duration.ofSeconds(25);

    /**
     * Throws with the port's holder by name.
     *
     * @param predecessorWasKilled waits a while then, since its parts are on their way out
     */
    void requireFree(List<Part> parts, boolean predecessorWasKilled) {
        if (predecessorWasKilled) {
            awaitFree(parts);
        }
        for (var part : parts) {
            for (var port : part.ports()) {
                if (PortHolder.isTaken(port)) {
                    throw new StartFailure("Port %d, which %s needs, is taken by %s."
                            .formatted(
                                    port, part.name(), PortHolder.describe(port).orElse("another program")));
                }
            }
        }
    }

    private void awaitFree(List<Part> parts) {
        var deadline = System.nanoTime() + PREDECESSORS_END.toNanos();
        var said = false;
        while (anyTaken(parts) && System.nanoTime() < deadline) {
            if (!said) {
                journal.say("The last run was killed; waiting for its parts to end");
                said = true;
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean anyTaken(List<Part> parts) {
        return parts.stream().flatMap(part -> part.ports().stream()).anyMatch(PortHolder::isTaken);
    }
}

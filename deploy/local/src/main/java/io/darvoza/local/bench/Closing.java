package io.darvoza.local.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** Things that are closed together, the last first. */
final class Closing implements AutoCloseable {

    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        return thing;
    }

    /** As {@link #add}, for what is needed running only. */
    void keep(AutoCloseable thing) {
        things.push(thing);
    }

    @Override
    public void close() {
        while (!things.isEmpty()) {
            closed(things.pop());
        }
    }

    private static void closed(AutoCloseable thing) {
        try {
            thing.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

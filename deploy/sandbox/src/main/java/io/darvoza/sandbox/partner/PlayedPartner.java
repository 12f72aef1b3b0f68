package io.darvoza.sandbox.partner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One partner: what it does, and the callbacks that it got. The oldest are forgotten first. */
final class PlayedPartner {

    private static final int KEPT = 1000;

    private final Deque<Callback> callbacks = new ArrayDeque<>();
    private Behaviour behaviour;

    PlayedPartner(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    synchronized void behave(Behaviour other) {
        behaviour = other;
    }

    synchronized void remember(Callback callback) {
        if (callbacks.size() == KEPT) {
            callbacks.removeFirst();
        }
        callbacks.addLast(callback);
    }

    /** Remembers a callback; how to answer it. */
    synchronized Behaviour take(Callback callback) {
        remember(callback);
        Behaviour now = behaviour;
        behaviour = now.next();
        return now;
    }

    /** In the order of their coming. */
    synchronized List<Callback> callbacks() {
        return List.copyOf(callbacks);
    }
}

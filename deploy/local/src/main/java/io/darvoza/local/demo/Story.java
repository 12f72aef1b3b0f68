package io.darvoza.local.demo;

import io.darvoza.local.client.Http.Reply;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/** Prints one line per step: whether it held, what came and how long it took. */
final class Story {

    private final PrintStream out;
    private boolean held = true;

    Story(PrintStream out) {
        this.out = out;
    }

    /** A request that is to be answered with this status. */
    Reply request(String step, int expected, Supplier<Reply> request) {
        var begin = System.nanoTime();
        var reply = request.get();
        tell(step, reply.status() == expected, Integer.toString(reply.status()), begin);
        return reply;
    }

    /** The same, when the answer's content is of no interest. */
    void answer(String step, int expected, Supplier<Reply> request) {
        var ignored = request(step, expected, request);
    }

    /** Something else that is to come true; whatever is asked may wait for it. */
    void fact(String step, String found, Supplier<Boolean> fact) {
        var begin = System.nanoTime();
        tell(step, fact.get(), found, begin);
    }

    /** Whether every step has held. */
    boolean held() {
        return held;
    }

    private void tell(String step, boolean holds, String found, long begin) {
        held &= holds;
        out.printf(
                Locale.ROOT,
                "  %s  %-6s %6d ms  %s%n",
                holds ? "ok  " : "FAIL",
                found,
                (System.nanoTime() - begin) / 1_000_000,
                step);
    }
}

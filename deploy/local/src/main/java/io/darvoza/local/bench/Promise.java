package io.darvoza.local.bench;

/**
 * What a measurement is to show.
 *
 * @param what as the page of the results says it, such as {@code ratio at least 0.7}
 * @param held whether it did
 * @param binding whether missing it makes the measurement fail; else it is an aim
 */
record Promise(String what, boolean held, boolean binding) {

    static Promise wanted(String what, boolean held) {
        return new Promise(what, held, true);
    }

    static Promise aim(String what, boolean held) {
        return new Promise("better " + what, held, false);
    }

    boolean isBroken() {
        return binding && !held;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(what, held ? "held" : binding ? "**MISSED**" : "not reached");
    }
}

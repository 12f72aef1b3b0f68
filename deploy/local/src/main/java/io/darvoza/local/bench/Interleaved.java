package io.darvoza.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A subject and its control, measured in the order A-B-B-A again and again, so that what changes on the machine in the
 * meantime meets both alike.
 *
 * @param subject two results of each repeat
 * @param control likewise
 * @param busyBefore the busy share of the cores just before each repeat, from 0 to 1
 */
record Interleaved<T>(List<T> subject, List<T> control, Samples busyBefore) {

    static <T> Interleaved<T> measure(int repeats, Quiet quiet, Supplier<T> subject, Supplier<T> control) {
        var ofSubject = new ArrayList<T>();
        var ofControl = new ArrayList<T>();
        var busy = new ArrayList<Double>();
        for (var repeat = 0; repeat < repeats; repeat++) {
            busy.add(quiet.await());
            ofSubject.add(subject.get());
            ofControl.add(control.get());
            ofControl.add(control.get());
            ofSubject.add(subject.get());
        }
        return new Interleaved<>(ofSubject, ofControl, new Samples(busy));
    }

    /** A quantity of the subject: per repeat the mean of its two results. */
    Samples subject(ToDoubleFunction<T> quantity) {
        return perRepeat(subject, quantity);
    }

    Samples control(ToDoubleFunction<T> quantity) {
        return perRepeat(control, quantity);
    }

    private static <T> Samples perRepeat(List<T> results, ToDoubleFunction<T> quantity) {
        return new Samples(IntStream.range(0, results.size() / 2)
                .mapToObj(repeat -> (quantity.applyAsDouble(results.get(2 * repeat))
                                + quantity.applyAsDouble(results.get(2 * repeat + 1)))
                        / 2)
                .toList());
    }
}

package io.darvoza.local.bench;

import io.darvoza.local.process.Child;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A run of wrk, and what it cost the process that was asked.
 *
 * @param cpuMicros processor time of the process per request; other programs on the machine change it little
 */
record Load(WrkResult wrk, double cpuMicros) {

    static Load on(Child process, Supplier<WrkResult> run) {
        var before = cpu(process);
        var result = run.get();
        return new Load(result, cpu(process).minus(before).toNanos() / 1e3 / result.requests());
    }

    double requestsPerSecond() {
        return wrk.requestsPerSecond();
    }

    double p99Micros() {
        return wrk.p99Micros();
    }

    /** Of all that the process has started and that still runs. */
    static Duration cpu(Child process) {
        return ProcessHandle.of(process.pid())
                .map(wrapper -> wrapper.descendants()
                        .flatMap(handle -> handle.info().totalCpuDuration().stream())
                        .reduce(Duration.ZERO, Duration::plus))
                .orElse(Duration.ZERO);
    }
}

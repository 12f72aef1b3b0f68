package io.darvoza.local.bench;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a page says of a measurement: how, on what machine, what was promised, and the figures. */
record Report(String name, String command, String method, List<String> programs, List<Promise> promises, String body) {

    BenchPage page(Clock clock) {
        return new BenchPage(
                name,
                text(LocalDate.now(clock)),
                promises.stream().filter(Promise::isBroken).map(Promise::what).toList());
    }

    private String text(LocalDate date) {
        return """
                # bench %s

                `%s`, %s, on %s.

                %s

                Wanted: %s.

                %s""".formatted(
                        name,
                        command,
                        date,
                        String.join(
                                "; ",
                                Stream.concat(Stream.of(Machine.facts()), programs.stream())
                                        .toList()),
                        method,
                        promises.stream().map(Promise::toString).collect(Collectors.joining("; ")),
                        body);
    }
}

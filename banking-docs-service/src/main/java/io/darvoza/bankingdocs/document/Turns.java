package io.darvoza.bankingdocs.document;

import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** An order for work that is otherwise done side by side. */
final class Turns {

    private final List<Sinks.Empty<Void>> over;

    Turns(int places) {
        over = IntStream.range(0, places).mapToObj(_ -> Sinks.<Void>empty()).toList();
    }

    /** Ends when the work at every place before this one is over, from 0. */
    Mono<Void> before(int place) {
        return Mono.when(
                over.subList(0, place).stream().map(Sinks.Empty::asMono).toList());
    }

    /** The work, which is over when it ends, fails or is not wanted any more. */
    <T> Mono<T> at(int place, Mono<T> work) {
        return work.doFinally(_ -> over.get(place).emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST));
    }
}

package io.darvoza.bankingdocs.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class TurnsTests {

    private final Turns turns = new Turns(3);
    private final List<String> done = new ArrayList<>();

    @Test
    void nobodyComesBeforeAllThoseBeforeHim() {
        Sinks.Empty<Void> first = Sinks.empty();
        Disposable third = begin(2, Mono.empty());
        Disposable second = begin(1, Mono.empty());
        assertThat(done).isEmpty();

        Disposable begun = begin(0, first.asMono());
        assertThat(done).isEmpty();
        first.tryEmitEmpty();

        assertThat(done).containsExactly("0", "1", "2");
        assertThat(List.of(begun, second, third)).allMatch(Disposable::isDisposed);
    }

    /** Whose work fails before it waits has not come before those before him. */
    @Test
    void aFailureHoldsNobodyUpAndLetsNobodyPass() {
        Disposable third = begin(2, Mono.empty());
        Disposable failed = turns.at(1, Mono.error(new IllegalStateException()))
                .onErrorComplete()
                .subscribe();
        assertThat(done).isEmpty();

        Disposable first = begin(0, Mono.empty());

        assertThat(done).containsExactly("0", "2");
        assertThat(List.of(first, failed, third)).allMatch(Disposable::isDisposed);
    }

    @Test
    void whoGoesAwayHoldsNobodyUp() {
        Disposable gone = begin(0, Mono.never());
        Disposable second = begin(1, Mono.empty());
        assertThat(done).isEmpty();

        gone.dispose();

        assertThat(done).containsExactly("1");
        assertThat(second.isDisposed()).isTrue();
    }

    private Disposable begin(int place, Mono<Void> work) {
        return turns.at(
                        place,
                        turns.before(place).then(work).then(Mono.fromRunnable(() -> done.add(Integer.toString(place)))))
                .subscribe();
    }
}

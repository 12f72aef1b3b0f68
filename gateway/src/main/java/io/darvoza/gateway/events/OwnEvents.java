package io.darvoza.gateway.events;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The events of some owners as server-sent events: {@code id:} where to go on, {@code event:} the type, {@code data:} the
 * event. A client whose position is gone gets one event {@code resync}, reads its state anew, and goes on from there.
 */
final class OwnEvents {

    /** Tells a client that it has missed events. */
    static final String RESYNC = "resync";

    private final EventStreams streams;
    private final Pokes pokes;

    OwnEvents(EventStreams streams, Pokes pokes) {
        this.streams = streams;
        this.pokes = pokes;
    }

    /**
     * Where a stream begins: at the client's position, or now. Fails when Redis cannot be asked, so that a client hears of
     * that before its stream begins.
     */
    Mono<Position> begin(List<String> owners, @Nullable Position asked) {
        Mono<Position> now =
                Flux.fromIterable(owners).concatMap(streams::last).collectList().map(Position::new);
        if (asked == null) {
            return now;
        }
        // The owners of a caller change with its roles; a position of other owners is nowhere, which means a resync.
        return now.map(current ->
                asked.ids().size() == owners.size() ? asked : new Position(Collections.nCopies(owners.size(), "0-1")));
    }

    /** The events from a position on, without end; an error when Redis is away. Reads on only when the client has taken. */
    Flux<ServerSentEvent<String>> from(List<String> owners, Position start) {
        AtomicReference<Position> position = new AtomicReference<>(start);
        ServerSentEvent<String> here = ServerSentEvent.<String>builder()
                .id(start.toString())
                .comment("connected")
                .build();
        return Flux.just(here).concatWith(pokes.of(owners).concatMap(_ -> newOnes(owners, position), 1));
    }

    private Flux<ServerSentEvent<String>> newOnes(List<String> owners, AtomicReference<Position> position) {
        return Flux.range(0, owners.size()).concatMap(owner -> newOnes(owners.get(owner), owner, position), 1);
    }

    private Flux<ServerSentEvent<String>> newOnes(String owner, int index, AtomicReference<Position> position) {
        return streams.after(owner, position.get().ids().get(index)).flatMapMany(page -> {
            if (page.lost()) {
                return streams.last(owner).map(last -> resync(position, index, last));
            }
            Flux<ServerSentEvent<String>> events =
                    Flux.fromIterable(page.events()).map(event -> event(position, index, event));
            return page.events().isEmpty()
                    ? events
                    : events.concatWith(Flux.defer(() -> newOnes(owner, index, position)));
        });
    }

    private static ServerSentEvent<String> event(AtomicReference<Position> position, int owner, StoredEvent event) {
        Position reached = position.updateAndGet(before -> before.with(owner, event.id()));
        return ServerSentEvent.<String>builder()
                .id(reached.toString())
                .event(event.type())
                .data(event.json())
                .build();
    }

    private static ServerSentEvent<String> resync(AtomicReference<Position> position, int owner, String last) {
        Position reached = position.updateAndGet(before -> before.with(owner, last));
        return ServerSentEvent.<String>builder()
                .id(reached.toString())
                .event(RESYNC)
                .data("{}")
                .build();
    }
}

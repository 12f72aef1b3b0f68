package io.darvoza.gateway.events;

import io.darvoza.gateway.GatewayProblem;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How far a client has read: for each of its owners the id of the last event in that owner's Redis stream. Written as that
 * id; of a caller with several owners the ids follow each other, joined by {@code _}.
 */
record Position(List<String> ids) {

    /** Before the first event. */
    static final String START = "0-0";

    private static final Pattern SYNTAX = Pattern.compile("\\d{1,19}-\\d{1,19}(_\\d{1,19}-\\d{1,19}){0,3}");

    Position {
        ids = List.copyOf(ids);
    }

    /** Reads an id that a client sends back. Raises {@link GatewayProblem#INVALID_EVENT_ID} for anything else. */
    static Position parse(String text) {
        if (!SYNTAX.matcher(text).matches()) {
            throw GatewayProblem.INVALID_EVENT_ID.exception();
        }
        return new Position(List.of(text.split("_")));
    }

    /** This position with another id for one owner. */
    Position with(int owner, String id) {
        return new Position(Stream.concat(
                        Stream.concat(ids.subList(0, owner).stream(), Stream.of(id)),
                        ids.subList(owner + 1, ids.size()).stream())
                .toList());
    }

    @Override
    public String toString() {
        return String.join("_", ids);
    }
}

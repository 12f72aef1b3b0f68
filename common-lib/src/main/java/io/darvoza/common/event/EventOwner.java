package io.darvoza.common.event;

/**
 * The principal whose stream an event belongs to; nobody else's live stream carries it.
 *
 * @param kind {@code user}, {@code client} or {@code partner}
 * @param id of a user the Keycloak subject, of a client or a partner its client id ({@code azp})
 */
public record EventOwner(String kind, String id) {

    public EventOwner {
        if (!kind.equals("user") && !kind.equals("client") && !kind.equals("partner")) {
            throw new IllegalArgumentException("an event's owner is a user, a client or a partner, not " + kind);
        }
        if (id.isBlank()) {
            throw new IllegalArgumentException("an event's owner has an id");
        }
    }

    public static EventOwner user(String subject) {
        return new EventOwner("user", subject);
    }

    public static EventOwner client(String clientId) {
        return new EventOwner("client", clientId);
    }

    public static EventOwner partner(String clientId) {
        return new EventOwner("partner", clientId);
    }
}

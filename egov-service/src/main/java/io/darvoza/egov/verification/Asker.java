package io.darvoza.egov.verification;

import io.darvoza.common.event.EventOwner;
import io.darvoza.common.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a verification runs.
 *
 * @param principal {@code user:<subject>} or {@code client:<client id>}; only who has it sees the verification
 * @param traceId of the request, if there was one
 */
public record Asker(
        String principal, Channel channel, @Nullable String traceId) {

    private static final String USER = "user:";
    private static final String CLIENT = "client:";

    public Asker {
        if (!principal.startsWith(USER) && !principal.startsWith(CLIENT)) {
            throw new IllegalArgumentException("neither a user nor a client: " + principal);
        }
    }

    public static Asker of(Caller caller, Channel channel, @Nullable String traceId) {
        return new Asker(caller.principalKey(), channel, traceId);
    }

    EventOwner owner() {
        return principal.startsWith(USER)
                ? EventOwner.user(principal.substring(USER.length()))
                : EventOwner.client(principal.substring(CLIENT.length()));
    }
}

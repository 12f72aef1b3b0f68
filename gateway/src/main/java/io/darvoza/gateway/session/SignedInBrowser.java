package io.darvoza.gateway.session;

import java.time.Instant;
import java.util.UUID;

/**
 * A browser in which somebody has signed in.
 *
 * @param id names it where people see it; tells nothing of the session's own id
 * @param session the session's id, which is as good as a password: it never leaves the gateway
 * @param subject Keycloak's id of the person
 * @param username the login name
 * @param since when the person signed in
 */
record SignedInBrowser(UUID id, String session, String subject, String username, Instant since) {

    /** Without the session's id. */
    @Override
    public String toString() {
        return "SignedInBrowser[%s of %s]".formatted(id, username);
    }
}

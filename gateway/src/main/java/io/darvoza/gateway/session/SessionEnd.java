package io.darvoza.gateway.session;

import java.time.Instant;
import java.util.UUID;

/**
 * That an administrator ended somebody's session, as it is kept.
 *
 * @param seq position in the log
 * @param actor the administrator's {@code user:<subject>} or {@code client:<client id>}
 * @param browserId the id that the list of sessions had shown
 * @param subject whose session it was
 * @param own whether it was the one that the administrator worked with
 * @param requestId of the request, as the access log has it
 */
record SessionEnd(
        long seq,
        Instant at,
        String actor,
        UUID browserId,
        String subject,
        String username,
        boolean own,
        String requestId) {}

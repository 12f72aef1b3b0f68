package io.darvoza.payments.webhook;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to be told, the same to every endpoint.
 *
 * @param id by which receivers know a repeat
 * @param body the JSON that is signed and sent as it stands
 * @param callbackUrl in place of the address of the endpoint at its origin
 */
record Message(
        String id,
        String type,
        @Nullable String orderUid,
        @Nullable Long orderVersion,
        String body,
        @Nullable String callbackUrl) {

    static String idOf(UUID id) {
        return "evt_" + id.toString().replace("-", "");
    }
}

package io.darvoza.payments.webhook;

import java.util.List;
import java.util.UUID;

/**
 * A delivery that this instance has taken, with all that a try needs.
 *
 * @param attempts how many tries there were, this one among them
 * @param secrets that sign: the endpoint's, and the previous one while it counts
 */
record Due(
        UUID id,
        UUID endpointId,
        UUID partnerId,
        String url,
        String messageId,
        String body,
        int attempts,
        List<WebhookSecret> secrets) {}

package io.darvoza.payments.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One movement of a partner's available money.
 *
 * @param id grows along the statement
 * @param kind word of the posting, such as {@code deposit}
 * @param orderUid the order's public id, if an order moved it
 * @param change minor units, negative for what went
 * @param balance what was available afterwards
 */
public record StatementLine(
        long id,
        Instant at,
        String kind,
        @Nullable UUID orderUid,
        @Nullable String externalId,
        long change,
        long balance) {}

package io.darvoza.common.idempotency;

import java.util.UUID;

/**
 * The right to carry out the command of a scope, for a while.
 *
 * @param scope what it is the right to
 * @param holder tells this attempt from a later one that took the scope over
 */
public record Lease(IdempotencyScope scope, UUID holder) {}

package io.darvoza.egov.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last look at the upstream.
 *
 * @param reason what was wrong, as a word
 * @param millis how long it took
 */
record Probe(Instant endedAt, boolean healthy, @Nullable String reason, int millis) {}

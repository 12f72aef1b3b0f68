package io.darvoza.egov.verdictcache;

import io.darvoza.egov.provider.model.Verdict;
import java.time.Instant;

/**
 * A verdict that was given before.
 *
 * @param freshUntil until then it counts as if it were given now
 * @param staleUntil until then it may stand in when the upstream fails
 */
record Remembered(Verdict verdict, Instant freshUntil, Instant staleUntil) {}

/** Which service answers a path, and how the request gets there: pool, time-outs, retries, breaker, body limit, headers. */
@NullMarked
package io.darvoza.gateway.routing;

import org.jspecify.annotations.NullMarked;

/** The gateway's own connections to Redis: made without blocking, and failing at once while Redis is away. */
@NullMarked
package io.darvoza.gateway.redis;

import org.jspecify.annotations.NullMarked;

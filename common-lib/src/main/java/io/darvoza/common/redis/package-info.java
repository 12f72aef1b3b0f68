/** Redis for what must go on without it: connections that are made without blocking and fail at once, and a cache over them. */
@NullMarked
package io.darvoza.common.redis;

import org.jspecify.annotations.NullMarked;

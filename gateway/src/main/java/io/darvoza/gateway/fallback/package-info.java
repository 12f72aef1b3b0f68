/** What the caller is told when a service cannot be reached, is too slow, or answers nonsense. */
@NullMarked
package io.darvoza.gateway.fallback;

import org.jspecify.annotations.NullMarked;

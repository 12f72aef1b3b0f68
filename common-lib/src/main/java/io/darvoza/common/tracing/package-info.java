/** The trace that a request belongs to: asked of the request itself, so it is known on every thread. */
@NullMarked
package io.darvoza.common.tracing;

import org.jspecify.annotations.NullMarked;

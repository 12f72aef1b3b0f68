/** Keeps what comes in from outside harmless, and what goes out traceable: paths, headers, request ids, origins, the access log. */
@NullMarked
package io.darvoza.gateway.hygiene;

import org.jspecify.annotations.NullMarked;

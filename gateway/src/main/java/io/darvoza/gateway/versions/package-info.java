/** Versions of the APIs behind the gateway: deprecation and sunset announced in headers, enforced, listed and counted. */
@NullMarked
package io.darvoza.gateway.versions;

import org.jspecify.annotations.NullMarked;

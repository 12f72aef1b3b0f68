/** Who calls and what that caller may do: access tokens checked without trust in the network, and default deny for every operation. */
@NullMarked
package io.darvoza.common.security;

import org.jspecify.annotations.NullMarked;

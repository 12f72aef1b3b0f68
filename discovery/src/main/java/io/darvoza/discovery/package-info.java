/** The registry in which services announce themselves and the gateway finds them. */
@NullMarked
package io.darvoza.discovery;

import org.jspecify.annotations.NullMarked;

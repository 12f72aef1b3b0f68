/** HTTP clients to other systems: bounded in time, size and number, repeated only where that is harmless, cut off when the other side is down. */
@NullMarked
package io.darvoza.common.client;

import org.jspecify.annotations.NullMarked;

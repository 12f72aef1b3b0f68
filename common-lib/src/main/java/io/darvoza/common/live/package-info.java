/** Server-sent event streams that stay open, stay bounded and end with the caller's token. */
@NullMarked
package io.darvoza.common.live;

import org.jspecify.annotations.NullMarked;

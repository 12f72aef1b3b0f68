/** Lists that page by keyset, behind a signed opaque cursor. */
@NullMarked
package io.darvoza.common.cursor;

import org.jspecify.annotations.NullMarked;

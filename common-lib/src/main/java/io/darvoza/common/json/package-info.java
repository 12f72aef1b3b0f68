/** How strictly JSON of callers is read. */
@NullMarked
package io.darvoza.common.json;

import org.jspecify.annotations.NullMarked;

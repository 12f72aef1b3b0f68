/** Identifiers that sort by time. */
@NullMarked
package io.darvoza.common.id;

import org.jspecify.annotations.NullMarked;

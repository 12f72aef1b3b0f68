/** Contracts of events: JSON schemas made from their records and compared with the committed ones. */
@NullMarked
package io.darvoza.common.test.event;

import org.jspecify.annotations.NullMarked;

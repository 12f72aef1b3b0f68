/** The process that starts the suite's parts in order, watches them, starts dead ones again and stops them all. */
@NullMarked
package io.darvoza.local.supervisor;

import org.jspecify.annotations.NullMarked;

/** Journeys of people and programs over the whole suite, started by its own launcher on shifted ports. */
@NullMarked
package io.darvoza.endtoend;

import org.jspecify.annotations.NullMarked;

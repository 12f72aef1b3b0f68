/** The suite's main journeys, played against a running suite so that one can watch. */
@NullMarked
package io.darvoza.local.demo;

import org.jspecify.annotations.NullMarked;

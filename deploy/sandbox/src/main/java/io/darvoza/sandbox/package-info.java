/** Emulators of outside systems, each in a package of its own; none is built yet. */
@NullMarked
package io.darvoza.sandbox;

import org.jspecify.annotations.NullMarked;

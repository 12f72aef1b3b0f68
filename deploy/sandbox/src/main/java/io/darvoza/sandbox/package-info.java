/** Emulators of outside systems, each in a package of its own. */
@NullMarked
package io.darvoza.sandbox;

import org.jspecify.annotations.NullMarked;

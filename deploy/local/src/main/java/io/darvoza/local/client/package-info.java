/** A program that uses a running suite from outside: for the demo, the measurements and the end-to-end tests. */
@NullMarked
package io.darvoza.local.client;

import org.jspecify.annotations.NullMarked;

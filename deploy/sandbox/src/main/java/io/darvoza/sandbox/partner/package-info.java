/** Plays the callback address of a payments partner that is good, slow, wrong, redirecting or away. */
@NullMarked
package io.darvoza.sandbox.partner;

import org.jspecify.annotations.NullMarked;

/** Checks that every problem of a module is documented and has texts. */
@NullMarked
package io.darvoza.common.test.problem;

import org.jspecify.annotations.NullMarked;

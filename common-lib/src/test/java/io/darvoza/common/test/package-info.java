/** What the tests of all modules share. */
@NullMarked
package io.darvoza.common.test;

import org.jspecify.annotations.NullMarked;

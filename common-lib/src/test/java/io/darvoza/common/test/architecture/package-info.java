/** The house rules that a build can check, for every module to run on its own classes. */
@NullMarked
package io.darvoza.common.test.architecture;

import org.jspecify.annotations.NullMarked;

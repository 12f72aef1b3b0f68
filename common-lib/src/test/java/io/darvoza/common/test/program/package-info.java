/** Programs beside the JVM that tests run. */
@NullMarked
package io.darvoza.common.test.program;

import org.jspecify.annotations.NullMarked;

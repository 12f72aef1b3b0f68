/** The smallest service of the suite, for tests of common-lib itself. */
@NullMarked
package io.darvoza.common.test.service;

import org.jspecify.annotations.NullMarked;

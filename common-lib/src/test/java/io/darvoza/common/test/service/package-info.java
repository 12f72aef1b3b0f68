/** Services as tests start them: the smallest one, for tests of common-lib itself, and instances of the others. */
@NullMarked
package io.darvoza.common.test.service;

import org.jspecify.annotations.NullMarked;

/** What every service of the suite is, with or without operations: closed, observed, documented, ready. */
@NullMarked
package io.darvoza.common.test.frame;

import org.jspecify.annotations.NullMarked;

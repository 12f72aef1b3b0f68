/** Errors as RFC 9457 problems: one catalogue entry per kind of fault, one exception, one renderer for every module. */
@NullMarked
package io.darvoza.common.problem;

import org.jspecify.annotations.NullMarked;

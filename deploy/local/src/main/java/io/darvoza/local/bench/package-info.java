/** Measurements of the suite, each with a control in the same run; their results lie in {@code docs/benchmarks}. */
@NullMarked
package io.darvoza.local.bench;

import org.jspecify.annotations.NullMarked;

/** Contracts with the outside, generated from the code and held against the committed ones. */
@NullMarked
package io.darvoza.common.test.contract;

import org.jspecify.annotations.NullMarked;

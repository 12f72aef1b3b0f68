/** Sums of money as people and programs write them, and as minor units inside. */
@NullMarked
package io.darvoza.payments.money;

import org.jspecify.annotations.NullMarked;

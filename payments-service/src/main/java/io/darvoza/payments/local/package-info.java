/** Partners, cards and money of a local run, all of them invented. */
@NullMarked
package io.darvoza.payments.local;

import org.jspecify.annotations.NullMarked;

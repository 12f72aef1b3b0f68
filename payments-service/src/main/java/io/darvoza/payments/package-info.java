/** Runs P2P payment orders on a double-entry ledger. */
@NullMarked
package io.darvoza.payments;

import org.jspecify.annotations.NullMarked;

/** The double-entry ledger: accounts, balances under database checks, append-only transactions, and the check of all of it. */
@NullMarked
package io.darvoza.payments.ledger;

import org.jspecify.annotations.NullMarked;

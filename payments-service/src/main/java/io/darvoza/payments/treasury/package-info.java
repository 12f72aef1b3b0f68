/** Money on cards that no order moves: receipts that nobody waited for, and moves from card to card. */
@NullMarked
package io.darvoza.payments.treasury;

import org.jspecify.annotations.NullMarked;

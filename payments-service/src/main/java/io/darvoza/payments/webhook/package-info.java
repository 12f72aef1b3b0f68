/** Tells partners what became of their orders: signed callbacks from a durable table, at least once, in order per order. */
@NullMarked
package io.darvoza.payments.webhook;

import org.jspecify.annotations.NullMarked;

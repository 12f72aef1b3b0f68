/** What an order is and which moves it allows: the state machine T1–T18, without time, chance or input of its own. */
@NullMarked
package io.darvoza.payments.order.model;

import org.jspecify.annotations.NullMarked;

/** The platform's cards: their states and load, and the race-free choice of one for a payment. */
@NullMarked
package io.darvoza.payments.card;

import org.jspecify.annotations.NullMarked;

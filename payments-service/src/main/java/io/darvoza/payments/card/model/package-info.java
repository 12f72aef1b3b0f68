/** What a card may take, as plain rules. */
@NullMarked
package io.darvoza.payments.card.model;

import org.jspecify.annotations.NullMarked;

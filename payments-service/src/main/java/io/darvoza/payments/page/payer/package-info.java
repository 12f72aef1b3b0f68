/** The payer's page: what to pay and where to, or the card to pay out to, and what became of it. */
@NullMarked
package io.darvoza.payments.page.payer;

import org.jspecify.annotations.NullMarked;

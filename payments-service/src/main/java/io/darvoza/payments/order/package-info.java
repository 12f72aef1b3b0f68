/** Payment orders: what partners, payers and operators do with them, and what the suite is told. */
@NullMarked
package io.darvoza.payments.order;

import org.jspecify.annotations.NullMarked;

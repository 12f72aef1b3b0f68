/** Partners: whom the service works for, on what terms, and within which limits of their payers. */
@NullMarked
package io.darvoza.payments.partner;

import org.jspecify.annotations.NullMarked;

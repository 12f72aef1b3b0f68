/** The page of a partner's people: keys, money, callbacks, and in the local run simulated orders. */
@NullMarked
package io.darvoza.payments.page.partner;

import org.jspecify.annotations.NullMarked;

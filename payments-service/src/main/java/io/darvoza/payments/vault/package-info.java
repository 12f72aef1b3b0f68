/** Card numbers (PAN): encrypted at rest, found by a keyed index, shown masked, revealed only for a reason. */
@NullMarked
package io.darvoza.payments.vault;

import org.jspecify.annotations.NullMarked;

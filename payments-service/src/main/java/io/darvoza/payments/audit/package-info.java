/** The append-only record of who changed what. */
@NullMarked
package io.darvoza.payments.audit;

import org.jspecify.annotations.NullMarked;

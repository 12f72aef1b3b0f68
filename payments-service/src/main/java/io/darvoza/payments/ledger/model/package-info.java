/** The postings L1–L9 as plain values. */
@NullMarked
package io.darvoza.payments.ledger.model;

import org.jspecify.annotations.NullMarked;

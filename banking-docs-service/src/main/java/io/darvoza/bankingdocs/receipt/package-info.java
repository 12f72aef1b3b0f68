/** Receipts of payments: an approved payment for a contract leaves a PDF under it. */
@NullMarked
package io.darvoza.bankingdocs.receipt;

import org.jspecify.annotations.NullMarked;

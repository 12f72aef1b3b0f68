/** The section of documents for partners' programmers, with its testers. */
@NullMarked
package io.darvoza.payments.page.docs;

import org.jspecify.annotations.NullMarked;

/** The people of the service by number: each gets an account at the first authenticated request. */
@NullMarked
package io.darvoza.bankingdocs.account;

import org.jspecify.annotations.NullMarked;

/** The keys of partners, and the signature that each of their writing requests carries. */
@NullMarked
package io.darvoza.payments.signature;

import org.jspecify.annotations.NullMarked;

/** What exactly is signed, and how: text, secret, headers, addresses. */
@NullMarked
package io.darvoza.payments.signature.model;

import org.jspecify.annotations.NullMarked;

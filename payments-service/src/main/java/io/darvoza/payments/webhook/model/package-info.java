/** The rules of callbacks: where to, when again, and which addresses are public. */
@NullMarked
package io.darvoza.payments.webhook.model;

import org.jspecify.annotations.NullMarked;

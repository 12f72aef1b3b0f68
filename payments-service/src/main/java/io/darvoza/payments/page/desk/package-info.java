/** The pages of the payment desk: what people at {@code /payments} see and do, by the service's own operations. */
@NullMarked
package io.darvoza.payments.page.desk;

import org.jspecify.annotations.NullMarked;

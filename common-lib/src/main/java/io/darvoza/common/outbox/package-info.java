/** Events that leave a service exactly when the transaction that caused them commits. */
@NullMarked
package io.darvoza.common.outbox;

import org.jspecify.annotations.NullMarked;

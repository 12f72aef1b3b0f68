/** Commands that a caller may repeat under one key and that happen once. */
@NullMarked
package io.darvoza.common.idempotency;

import org.jspecify.annotations.NullMarked;

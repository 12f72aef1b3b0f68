/** Pages that people work at all day, made of the service's own operations (ADR 20). */
@NullMarked
package io.darvoza.common.desk;

import org.jspecify.annotations.NullMarked;

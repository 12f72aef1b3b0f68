/** Personal data that cannot be logged by accident: value types whose text form is masked. */
@NullMarked
package io.darvoza.common.masking;

import org.jspecify.annotations.NullMarked;

/** Identifies bank clients by document and selfie. */
@NullMarked
package io.darvoza.identification;

import org.jspecify.annotations.NullMarked;

/** Verifies Kazakhstan IINs and passports within the limits of data.egov.kz. */
@NullMarked
package io.darvoza.egov;

import org.jspecify.annotations.NullMarked;

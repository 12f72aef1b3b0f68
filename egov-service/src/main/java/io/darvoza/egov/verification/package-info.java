/** Verifies a number for a caller: its own row and event for every request, whoever answered it. */
@NullMarked
package io.darvoza.egov.verification;

import org.jspecify.annotations.NullMarked;

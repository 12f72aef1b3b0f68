/** Consents of people to be looked up in a register, for providers that may not be asked without one. */
@NullMarked
package io.darvoza.egov.consent;

import org.jspecify.annotations.NullMarked;

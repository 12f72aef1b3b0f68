/** What people changed: written with the change or not at all, never altered. */
@NullMarked
package io.darvoza.egov.audit;

import org.jspecify.annotations.NullMarked;

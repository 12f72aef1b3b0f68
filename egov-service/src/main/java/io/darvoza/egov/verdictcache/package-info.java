/** Verdicts that were found before: shared by all instances, encrypted, asked for once however many wait. */
@NullMarked
package io.darvoza.egov.verdictcache;

import org.jspecify.annotations.NullMarked;

/** Who can be asked about a number: one interface for the digits alone, open data, registries and signatures. */
@NullMarked
package io.darvoza.egov.provider;

import org.jspecify.annotations.NullMarked;

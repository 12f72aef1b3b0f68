/** Plays data.egov.kz, api v4: its grammar with people and organisations that do not exist, its keys, its limit, its failures. */
@NullMarked
package io.darvoza.sandbox.opendata;

import org.jspecify.annotations.NullMarked;

/** The log of all calls, in and out: masked, without keys, in the database and in a rolling file. */
@NullMarked
package io.darvoza.egov.apilog;

import org.jspecify.annotations.NullMarked;

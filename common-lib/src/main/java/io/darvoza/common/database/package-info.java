/** The service's PostgreSQL: connection pool, time-outs, migrations and retention. */
@NullMarked
package io.darvoza.common.database;

import org.jspecify.annotations.NullMarked;

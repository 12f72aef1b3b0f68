/** The provider open-data: data.egov.kz v4 within its limit, with retries, breaker and bulkhead. */
@NullMarked
package io.darvoza.egov.opendata;

import org.jspecify.annotations.NullMarked;

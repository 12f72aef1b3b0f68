/** Settings of the integration by the seed's names: database, environment, default; secrets encrypted, effect within seconds on every instance. */
@NullMarked
package io.darvoza.egov.setting;

import org.jspecify.annotations.NullMarked;

/** Whether the upstream is there: one background look a minute over all instances, told to anybody in brief. */
@NullMarked
package io.darvoza.egov.health;

import org.jspecify.annotations.NullMarked;

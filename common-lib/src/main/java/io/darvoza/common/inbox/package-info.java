/** Events that have their effect once, however often Kafka delivers them. */
@NullMarked
package io.darvoza.common.inbox;

import org.jspecify.annotations.NullMarked;

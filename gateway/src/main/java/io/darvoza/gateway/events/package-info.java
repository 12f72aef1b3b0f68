/** Live events of all services for their owners: from Kafka through a Redis stream per owner to server-sent events. */
@NullMarked
package io.darvoza.gateway.events;

import org.jspecify.annotations.NullMarked;

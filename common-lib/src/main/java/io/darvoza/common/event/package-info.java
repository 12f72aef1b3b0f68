/** The events that services tell each other: CloudEvents on Kafka, one topic per aggregate. */
@NullMarked
package io.darvoza.common.event;

import org.jspecify.annotations.NullMarked;

/** Plays the outside АБС: hears of documents by Kafka and answers as it is told, or not at all. */
@NullMarked
package io.darvoza.sandbox.abs;

import org.jspecify.annotations.NullMarked;

/** The outside АБС by Kafka: documents are announced to it, and its answers are taken. */
@NullMarked
package io.darvoza.bankingdocs.corebanking;

import org.jspecify.annotations.NullMarked;

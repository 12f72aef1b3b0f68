/** Real PostgreSQL, Kafka, Redis and S3 for tests: started once per test JVM, a fresh database per test class. */
@NullMarked
package io.darvoza.common.test.infrastructure;

import org.jspecify.annotations.NullMarked;

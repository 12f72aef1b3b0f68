/** The real PostgreSQL, Kafka, Redis, S3 and Keycloak that the launcher and the tests start, without Docker and root. */
@NullMarked
package io.darvoza.local.infrastructure;

import org.jspecify.annotations.NullMarked;

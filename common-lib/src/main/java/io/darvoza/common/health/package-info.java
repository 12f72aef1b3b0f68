/** What readiness asks beyond Spring Boot's own indicators. */
@NullMarked
package io.darvoza.common.health;

import org.jspecify.annotations.NullMarked;

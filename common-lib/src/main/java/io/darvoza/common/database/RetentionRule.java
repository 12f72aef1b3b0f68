package io.darvoza.common.database;

import java.time.Duration;

/**
 * Which rows of a table are deleted for their age.
 *
 * @param table whose rows go
 * @param column the time that a row's age counts from, indexed; rows without it stay
 * @param keep how long rows stay
 */
public record RetentionRule(String table, String column, Duration keep) {}

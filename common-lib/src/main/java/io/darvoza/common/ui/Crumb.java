package io.darvoza.common.ui;

import org.jspecify.annotations.Nullable;

/**
 * One step of a breadcrumb.
 *
 * @param name as the person reads it
 * @param href where it leads; {@code null} for the page itself, the last step
 */
public record Crumb(String name, @Nullable String href) {}

package io.darvoza.local.bench;

import java.util.List;

/**
 * A measurement whose page is written.
 *
 * @param text of the page
 * @param missed promises that it did not keep, as the page says them
 */
public record Published(String text, List<String> missed) {}

package io.darvoza.bankingdocs.upload;

import org.jspecify.annotations.Nullable;

/**
 * A file that passed every check.
 *
 * @param type what it is, by its content
 * @param pageCount pages, where the type has any that can be counted
 */
public record CheckedFile(DocumentType type, @Nullable Integer pageCount) {}

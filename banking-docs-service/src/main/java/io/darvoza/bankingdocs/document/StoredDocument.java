package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.DocumentFile;
import org.jspecify.annotations.Nullable;

/**
 * A document that was just added.
 *
 * @param duplicateOf the document with the same file, if the client allowed that there be one
 */
record StoredDocument(
        Document document, DocumentFile file, @Nullable Long duplicateOf) {}

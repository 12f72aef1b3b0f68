package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.DocumentStatus;
import java.time.Instant;

/**
 * Something that happened to a document, as it is told live.
 *
 * @param seq its place among all that happened, without gaps that are filled later
 * @param kind word of the happening
 * @param status as it is now, which may be further on
 */
record DocumentFeedItem(long seq, String kind, Instant at, long documentId, DocumentStatus status) {}

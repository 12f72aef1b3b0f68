package io.darvoza.payments.order;

/**
 * What banking-docs-service tells of a document, as far as orders on hold need it.
 *
 * @param documentId number of the document
 * @param status word of its status, such as {@code approved}
 */
record DocumentStatusV1(long documentId, String status) {}

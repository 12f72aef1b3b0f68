package io.darvoza.bankingdocs.document;

/**
 * A document was linked to a contract. Event {@code banking-docs.document.linked.v1}.
 *
 * @param documentId number of the document, the aggregate of the topic
 * @param contractId number of the contract
 */
record DocumentLinkedV1(long documentId, long contractId) {

    static final String TYPE = "banking-docs.document.linked.v1";
}

package io.darvoza.bankingdocs.document;

/**
 * The link of a document to a contract got another status. Event {@code banking-docs.document.link-changed.v1}.
 *
 * @param documentId number of the document, the aggregate of the topic
 * @param contractId number of the contract
 * @param status word of the link's status now
 */
record DocumentLinkChangedV1(long documentId, long contractId, String status) {

    static final String TYPE = "banking-docs.document.link-changed.v1";
}

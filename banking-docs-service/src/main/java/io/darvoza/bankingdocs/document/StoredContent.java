package io.darvoza.bankingdocs.document;

/**
 * One content of a document, as it is sent.
 *
 * @param version its number, from 1
 * @param storageKey where the object store has it
 * @param size in bytes
 * @param sha256 64 hexadecimal digits
 * @param type its media type
 * @param fileName the client's name of the file
 */
record StoredContent(
        long documentId, int version, String storageKey, long size, String sha256, String type, String fileName) {

    /** Where it is read; through this service, never the store's own address. */
    String link() {
        return "/v1/abs/documents/" + documentId + "/content?version=" + version;
    }

    String etag() {
        return "\"%d-%s\"".formatted(version, sha256);
    }
}

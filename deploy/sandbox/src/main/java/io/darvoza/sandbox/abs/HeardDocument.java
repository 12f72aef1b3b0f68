package io.darvoza.sandbox.abs;

/**
 * A document that was announced to the АБС.
 *
 * @param version the newest version of its content that was announced
 * @param answers how many answers were sent about it; numbers them
 */
record HeardDocument(long documentId, int version, long answers) {

    HeardDocument announced(int newest) {
        return new HeardDocument(documentId, Math.max(version, newest), answers);
    }

    HeardDocument answered(int count) {
        return new HeardDocument(documentId, version, answers + count);
    }
}

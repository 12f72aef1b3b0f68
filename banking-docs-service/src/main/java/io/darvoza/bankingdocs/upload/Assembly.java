package io.darvoza.bankingdocs.upload;

/**
 * Puts an upload together from the parts of a body.
 *
 * @param <T> the upload, once it is complete
 */
interface Assembly<T> {

    /** Where the bytes go in. */
    BodyIntake body();

    /** The upload, after the last byte; raises the problem of one that is refused. */
    T complete();
}

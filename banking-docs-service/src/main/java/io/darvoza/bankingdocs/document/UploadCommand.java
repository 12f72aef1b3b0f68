package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.common.security.Caller;
import reactor.core.publisher.Mono;

/**
 * Somebody's wish to add a document, its file already on disk.
 *
 * @param turn ends when the document may be added; until then its file is looked at and stored
 */
record UploadCommand(Caller caller, UploadMetadata metadata, ReceivedUpload file, Mono<Void> turn) {

    /** That waits for nothing. */
    static UploadCommand of(Caller caller, UploadMetadata metadata, ReceivedUpload file) {
        return new UploadCommand(caller, metadata, file, Mono.empty());
    }
}

package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.upload.ReceivedUpload;
import io.darvoza.common.security.Caller;

/** Somebody's wish to add a document, its file already on disk. */
record UploadCommand(Caller caller, UploadMetadata metadata, ReceivedUpload file) {}

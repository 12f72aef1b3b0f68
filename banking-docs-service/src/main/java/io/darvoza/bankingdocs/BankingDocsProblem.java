package io.darvoza.bankingdocs;

import io.darvoza.common.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Faults that only this service knows. */
public enum BankingDocsProblem implements ProblemType {
    /** The multipart body breaks off, lacks a part, or has its parts in the wrong order. */
    MALFORMED_UPLOAD(HttpStatus.BAD_REQUEST),
    /** {@code user_id} of another client without the role {@code dbo_operator}. */
    OWNER_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    /** {@code user_id} names nobody. */
    UNKNOWN_CLIENT(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The same client sent the same file in the same category within a day; {@code duplicate_of} names that document. */
    DUPLICATE_DOCUMENT(HttpStatus.CONFLICT),
    /** The client's documents would exceed what one client may keep; {@code limit_bytes} or {@code limit_documents} says what. */
    UPLOAD_QUOTA_EXCEEDED(HttpStatus.CONFLICT),
    /** A file without bytes. */
    EMPTY_FILE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The content is of a type that is not taken; {@code detected_type} and {@code allowed_types} say which. */
    FILE_TYPE_NOT_ALLOWED(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** Content, declared type and extension of the name do not say the same; {@code reason} says what differs. */
    FILE_TYPE_MISMATCH(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The file is of a good type, but damaged, locked or dangerous; {@code reason} says why. */
    FILE_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** {@code checksum_sha256} is not the checksum of what arrived. */
    CHECKSUM_MISMATCH(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The document's status does not allow that; {@code current_status} and {@code allowed} say what is, and what may follow. */
    DOCUMENT_STATUS_CONFLICT(HttpStatus.CONFLICT),
    /** The document is under legal hold. */
    DOCUMENT_ON_HOLD(HttpStatus.CONFLICT),
    /** A contract relies on the document. */
    DOCUMENT_LINKED(HttpStatus.CONFLICT),
    /** The contract's status does not allow that; {@code current_status} and {@code allowed} say what is, and what may follow. */
    CONTRACT_STATUS_CONFLICT(HttpStatus.CONFLICT),
    /** The document is linked to the contract already; {@code link_status} says how. */
    LINK_EXISTS(HttpStatus.CONFLICT),
    /** The link's status does not allow that; {@code current_status} and {@code allowed} say what is, and what may follow. */
    LINK_STATUS_CONFLICT(HttpStatus.CONFLICT),
    /** Document and contract are of different clients. */
    OWNERS_DIFFER(HttpStatus.UNPROCESSABLE_CONTENT),
    /** No document of a batch was taken; {@code items} says why of each. */
    BATCH_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** {@code worker_id} of another employee without the role {@code bank_admin}. */
    WORKER_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    /** {@code worker_id} names no employee. */
    UNKNOWN_WORKER(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The scanner found a virus; {@code signature} names it. */
    FILE_INFECTED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The scanner gave no clear answer, and nothing is kept that it has not seen. */
    SCANNER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** As many uploads run as the service takes at once. */
    UPLOADS_BUSY(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    BankingDocsProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }
}

package io.darvoza.bankingdocs.document.model;

/** Whether a document may be deleted, and what stands against it. */
public enum Deletion {
    ALLOWED,
    /** It is under legal hold. */
    HELD,
    /** A contract relies on it. */
    LINKED,
    /** It was approved, processed or archived. */
    WRONG_STATUS
}

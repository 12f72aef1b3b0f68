package io.darvoza.bankingdocs.upload;

import org.jspecify.annotations.Nullable;

/** What the check of a file's structure found. */
sealed interface Verdict {

    /** The file is whole and harmless, as far as its structure shows. */
    record Sound(@Nullable Integer pageCount) implements Verdict {}

    record Refused(RefusalReason reason) implements Verdict {}
}

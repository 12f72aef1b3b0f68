package io.darvoza.bankingdocs.upload;

import java.util.Locale;

/** Why a file of an allowed type is refused all the same. */
enum RefusalReason {
    /** Folders, control characters or turns of the direction of writing in the name. */
    NAME_MISLEADING,
    PDF_HEADER_MISSING,
    PDF_END_MISSING,
    /** The file is a ZIP archive as well: readers would disagree about what it is. */
    PDF_CARRIES_ARCHIVE,
    PDF_ENCRYPTED,
    PDF_WITHOUT_PAGES,
    PDF_DAMAGED,
    /** Opening it would unpack far more than structure needs: a bomb. */
    PDF_STRUCTURE_TOO_LARGE,
    DOCX_DAMAGED,
    DOCX_PARTS_MISSING,
    DOCX_WITH_MACROS,
    DOCX_ENCRYPTED,
    ARCHIVE_BOMB,
    /** Whatever lies in an archive within it, nobody has looked at. */
    ARCHIVE_NESTED,
    /** The file is of another type as well: readers would disagree about what it is. */
    OF_TWO_TYPES,
    IMAGE_DAMAGED,
    IMAGE_TOO_LARGE,
    CHECK_TIMEOUT;

    /** Its word in the API and in the texts. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

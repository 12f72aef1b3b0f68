package io.darvoza.bankingdocs.document;

import io.darvoza.bankingdocs.document.model.Document;
import io.darvoza.bankingdocs.document.model.Validity;
import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a document: part {@code metadata} of an upload. Exactly one of category and callcopyId is needed;
 * both are taken when they name the same.
 *
 * @param description what it is, 1 to 500 characters
 * @param category the category's Russian name
 * @param callcopyId the category's number
 * @param actualDate first day on which the paper is valid
 * @param actualEndDate last day on which it is valid
 * @param checksumSha256 what the client computed; compared with what arrived
 * @param allowDuplicate takes a file that came before
 * @param userId whose document it is; only for operators, else the caller's own number or absent
 */
record UploadMetadata(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = Document.MAX_DESCRIPTION_LENGTH)
        String description,

        @Nullable String category,
        @Nullable Integer callcopyId,
        @Nullable LocalDate actualDate,
        @Nullable LocalDate actualEndDate,

        @Schema(pattern = "^[0-9a-fA-F]{64}$") @Nullable String checksumSha256,

        @Nullable Boolean allowDuplicate,
        @Nullable Long userId) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Raises {@link CommonProblem#VALIDATION_FAILED} with all places that break rules. */
    @SuppressWarnings("NullAway") // The JSON may lack what the type promises; here it is refused.
    UploadMetadata {
        ProblemException invalid = CommonProblem.VALIDATION_FAILED.exception();
        boolean valid = true;
        description = description == null ? "" : description.strip();
        if (description.isEmpty()
                || description.length() > Document.MAX_DESCRIPTION_LENGTH
                || description.chars().anyMatch(Character::isISOControl)) {
            invalid.error("/description", "1..%d, no control characters".formatted(Document.MAX_DESCRIPTION_LENGTH));
            valid = false;
        }
        if (category == null && callcopyId == null) {
            invalid.error("/category", "category or callcopy_id");
            valid = false;
        }
        if (actualDate != null && actualEndDate != null && actualEndDate.isBefore(actualDate)) {
            invalid.error("/actual_end_date", "actual_end_date >= actual_date");
            valid = false;
        }
        if (checksumSha256 != null && !SHA256.matcher(checksumSha256).matches()) {
            invalid.error("/checksum_sha256", "64 hexadecimal digits");
            valid = false;
        }
        if (!valid) {
            throw invalid;
        }
    }

    Validity validity() {
        return new Validity(actualDate, actualEndDate);
    }

    boolean allowsDuplicate() {
        return Boolean.TRUE.equals(allowDuplicate);
    }

    /** Without what people wrote. */
    @Override
    public String toString() {
        return "UploadMetadata[callcopyId=" + callcopyId + ", userId=" + userId + "]";
    }
}

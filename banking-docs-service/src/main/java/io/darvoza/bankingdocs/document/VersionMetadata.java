package io.darvoza.bankingdocs.document;

import io.darvoza.common.problem.CommonProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a new content: part {@code metadata}, which may be left out.
 *
 * @param checksumSha256 what the client computed; compared with what arrived
 * @param allowDuplicate takes a file that came before
 */
record VersionMetadata(
        @Schema(pattern = "^[0-9a-fA-F]{64}$") @Nullable String checksumSha256,
        @Nullable Boolean allowDuplicate) {

    static final VersionMetadata NONE = new VersionMetadata(null, null);

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Raises {@link CommonProblem#VALIDATION_FAILED} for a checksum that is none. */
    VersionMetadata {
        if (checksumSha256 != null && !SHA256.matcher(checksumSha256).matches()) {
            throw CommonProblem.VALIDATION_FAILED.exception().error("/checksum_sha256", "64 hexadecimal digits");
        }
    }

    boolean allowsDuplicate() {
        return Boolean.TRUE.equals(allowDuplicate);
    }
}

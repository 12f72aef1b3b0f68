package io.darvoza.egov.verification;

import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.number.Iin;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the digits of an ИИН seem to say. Never a ground for refusal: since 2013 a number need not follow its owner's birth.
 *
 * @param flag {@code DATE_MISMATCH} when the digits spell no date
 */
@Schema(name = "DerivedHints", description = "What the digits seem to say; not to be relied on")
record DerivedHints(
        @Nullable LocalDate birthDate,
        @Schema(allowableValues = {"M", "F"}) @Nullable String gender,
        @Schema(description = "Always false") boolean reliable,
        @Schema(example = "DATE_MISMATCH") @Nullable String flag) {

    static @Nullable DerivedHints of(DocumentNumber number) {
        if (!(number instanceof Iin iin)) {
            return null;
        }
        LocalDate birth = iin.birthDate().orElse(null);
        return new DerivedHints(birth, iin.sex().orElse(null), false, birth == null ? "DATE_MISMATCH" : null);
    }
}

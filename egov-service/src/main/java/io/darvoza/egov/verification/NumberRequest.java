package io.darvoza.egov.verification;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.egov.number.Bin;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.number.Iin;
import io.darvoza.egov.number.PassportNumber;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bodies that name a number. Each gives it, or raises {@link CommonProblem#VALIDATION_FAILED} with a pointer to it. */
final class NumberRequest {

    private NumberRequest() {}

    /** An ИИН to verify. */
    @Schema(name = "IinToVerify")
    record IinRequest(
            @Schema(example = "900101300017", description = "Twelve digits") @Nullable
            String iin) {

        DocumentNumber number() {
            return required("/iin", iin, Optional.ofNullable(iin).flatMap(Iin::parse), "twelve digits");
        }

        @Override
        public String toString() {
            return "IinRequest";
        }
    }

    /** A passport to verify. */
    @Schema(name = "PassportToVerify")
    record PassportRequest(
            @Schema(example = "N12345678", description = "5 to 20 Latin letters and digits") @Nullable
            String passportNumber) {

        DocumentNumber number() {
            return required(
                    "/passport_number",
                    passportNumber,
                    Optional.ofNullable(passportNumber).flatMap(PassportNumber::parse),
                    "5 to 20 Latin letters and digits");
        }

        @Override
        public String toString() {
            return "PassportRequest";
        }
    }

    /** A БИН to verify. */
    @Schema(name = "BinToVerify")
    record BinRequest(
            @Schema(example = "150140000012", description = "Twelve digits") @Nullable
            String bin) {

        DocumentNumber number() {
            return required("/bin", bin, Optional.ofNullable(bin).flatMap(Bin::parse), "twelve digits");
        }

        @Override
        public String toString() {
            return "BinRequest";
        }
    }

    private static DocumentNumber required(
            String pointer, @Nullable String text, Optional<? extends DocumentNumber> parsed, String form) {
        if (parsed.isPresent()) {
            return parsed.get();
        }
        ProblemException problem = CommonProblem.VALIDATION_FAILED.exception();
        throw problem.error(pointer, text == null || text.isBlank() ? "is required: " + form : form);
    }
}

package io.darvoza.egov.consent;

import io.darvoza.common.problem.CommonProblem;
import io.darvoza.common.problem.ProblemException;
import io.darvoza.egov.number.DocumentNumber;
import io.darvoza.egov.number.Iin;
import io.darvoza.egov.number.PassportNumber;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A consent to be recorded: of the person with this ИИН or this passport. */
@Schema(name = "ConsentToRecord")
record ConsentRequest(
        @Schema(example = "900101300017") @Nullable String iin,
        @Schema(example = "N12345678") @Nullable String passportNumber,

        @Schema(example = "admission to the university") @Nullable
        String purpose,

        @Schema(example = "identity") @Nullable String scope,
        @Schema(example = "sms-1414") @Nullable String channel,

        @Schema(description = "The register's own id of it") @Nullable
        String tokenRef,

        @Nullable Instant grantedAt,
        @Nullable Instant expiresAt) {

    private static final Duration LONGEST = Duration.ofDays(366);

    /** Raises {@link CommonProblem#VALIDATION_FAILED} with every place that is wrong. */
    ConsentTable.Wish toWish() {
        var check = new Check();
        DocumentNumber number = check.number(iin, passportNumber);
        String forWhat = check.text("/purpose", purpose, 200);
        String what = check.text("/scope", scope, 100);
        String how = check.text("/channel", channel, 50);
        String token = tokenRef == null ? null : check.text("/token_ref", tokenRef, 200);
        Instant from = check.time("/granted_at", grantedAt);
        Instant until = check.time("/expires_at", expiresAt);
        check.require(
                until.isAfter(from) && !until.isAfter(from.plus(LONGEST)),
                "/expires_at",
                "after granted_at, by " + LONGEST.toDays() + " days at most");
        check.done();
        return new ConsentTable.Wish(number, forWhat, what, how, token, from, until);
    }

    @Override
    public String toString() {
        return "ConsentRequest";
    }

    private static final class Check {

        private final ProblemException problem = CommonProblem.VALIDATION_FAILED.exception();
        private boolean failed;

        private void require(boolean holds, String pointer, String rule) {
            if (!holds) {
                failed = true;
                problem.error(pointer, rule);
            }
        }

        private DocumentNumber number(@Nullable String iin, @Nullable String passport) {
            Optional<Iin> person = Optional.ofNullable(iin).flatMap(Iin::parse).filter(Iin::hasRightCheckDigit);
            Optional<PassportNumber> document = Optional.ofNullable(passport).flatMap(PassportNumber::parse);
            require((iin == null) != (passport == null), "/iin", "exactly one of iin and passport_number");
            require(iin == null || person.isPresent(), "/iin", "twelve digits with a right check digit");
            require(passport == null || document.isPresent(), "/passport_number", "5 to 20 Latin letters and digits");
            return person.<DocumentNumber>map(found -> found)
                    .or(() -> document)
                    .orElseGet(() -> new Iin("000000000000"));
        }

        private String text(String pointer, @Nullable String text, int most) {
            String stripped = text == null ? "" : text.strip();
            require(
                    !stripped.isEmpty()
                            && stripped.length() <= most
                            && stripped.chars().noneMatch(Character::isISOControl),
                    pointer,
                    "1 to " + most + " characters");
            return stripped;
        }

        private Instant time(String pointer, @Nullable Instant time) {
            require(time != null, pointer, "is required");
            return time == null ? Instant.EPOCH : time;
        }

        private void done() {
            if (failed) {
                throw problem;
            }
        }
    }
}
